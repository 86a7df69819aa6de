using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>The calls that are repeated for each step of a recurrence, as one kernel in which a group computes all steps of some samples.</summary>
/// <remarks>It can be where no sample needs anything of another: then no group waits for one, and what a step leaves to the next stays in the group. What the
/// threads of a group leave to each other goes through shared memory, which a barrier orders on every device; memory takes what is read behind the
/// loop.</remarks>
internal sealed class StepBody
{
    private readonly Program _program;
    private readonly StepLoop _loop;
    private readonly IReadOnlyList<Kernel> _kernels;
    private readonly List<int> _nodes = new();
    private readonly List<WeightCopy> _copies = new();

    // The held tensors by the node that their memory is counted by, and those nodes in the order of their numbers.
    private readonly Dictionary<int, HeldTensor> _held = new();
    private readonly List<int> _holders = new();
    private readonly HashSet<int> _written = new(), _readOutside = new();

    private StepBody(Program program, StepLoop loop, Func<Kernel, Kernel> emitted)
    {
        (_program, _loop) = (program, loop);
        Calls = program.Calls.Skip(loop.First).Take(loop.End - loop.First).ToList();
        _kernels = Calls.Select(c => emitted(c.Kernel)).ToList();
    }

    public int Steps => _loop.Steps;

    public bool FromEnd => _loop.FromEnd;

    public IReadOnlyList<KernelCall> Calls { get; }

    /// <summary>The axis of the batch.</summary>
    public Axis Samples { get; private set; }

    /// <summary>The graph's node of each argument. What the statements read has the number of an argument, or, behind those, of a copy or of a held
    /// tensor (see <see cref="Number"/>).</summary>
    public IReadOnlyList<int> Nodes => _nodes;

    public IReadOnlyList<KernelArgument> Arguments { get; private set; } = Array.Empty<KernelArgument>();

    /// <summary>The arguments that do not start where their view starts.</summary>
    public EquatableArray<int> Based => Enumerable.Range(0, _nodes.Count).Where(k => IsBased(_program.Places[_nodes[k]])).ToEquatableArray();

    public IReadOnlyList<WeightCopy> Copies => _copies;

    public IReadOnlyList<HeldTensor> Held { get; private set; } = Array.Empty<HeldTensor>();

    public IReadOnlyList<StepStatement> Statements { get; private set; } = Array.Empty<StepStatement>();

    /// <summary>What stands for a held tensor among the numbers of arguments: each has two numbers.</summary>
    /// <param name="isBefore">Whether the state before the step is meant.</param>
    public int Number(int held, bool isBefore) => _nodes.Count + _copies.Count + 2 * held + (isBefore ? 1 : 0);

    /// <summary>The held tensor of a number; -1 where it is another's.</summary>
    public int HeldOf(int number) => number < _nodes.Count + _copies.Count ? -1 : (number - _nodes.Count - _copies.Count) / 2;

    /// <summary>Null where the steps cannot be in one kernel.</summary>
    /// <param name="emitted">What of a kernel its text follows from.</param>
    /// <param name="reason">Why not.</param>
    public static StepBody? TryCreate(Program program, StepLoop loop, Func<Kernel, Kernel> emitted, out string reason)
    {
        var body = new StepBody(program, loop, emitted);
        reason = body.Build() ?? "";
        return reason.Length == 0 ? body : null;
    }

    /// <summary>True where one text computes both.</summary>
    public bool IsSameAs(StepBody other) => Steps == other.Steps && FromEnd == other.FromEnd && _kernels.SequenceEqual(other._kernels)
        && Arguments.SequenceEqual(other.Arguments) && Copies.Select(c => c.Index).SequenceEqual(other.Copies.Select(c => c.Index))
        && Held.SequenceEqual(other.Held) && Based == other.Based && Statements.Zip(other.Statements, IsSame).All(same => same);

    private static bool IsSame(StepStatement a, StepStatement b) => Equals(a.Product, b.Product)
        && a.Stages.Zip(b.Stages, IsSame).All(same => same);

    private static bool IsSame(StepStage a, StepStage b) =>
        Equals(a.Held, b.Held) && Equals(a.Stage.Store, b.Stage.Store) && a.Stage.Reads.Values.SequenceEqual(b.Stage.Reads.Values);

    private static bool IsBased(Place place) => place is { Region: Region.Output or Region.Loss } and not { PerSample: 0, Fixed: 0 };

    // What stands against it; null for nothing.
    private string? Build()
    {
        var loops = _kernels.Select(k => LoopKernel.Of(k, keepsSamples: true)).ToList();
        for (var c = 0; c < loops.Count; c++)
        {
            var samples = loops[c].Outer.Skip(loops[c].StepAxes).Where(a => a.PerSample).ToList();
            var acrossSamples = loops[c].Stages.Any(s => s.Inner.Any(a => a.PerSample));
            if (!loops[c].Kernel.IsStepped || samples.Count != 1 || acrossSamples) return "samples depend on each other";
            if (c > 0 && samples[0] != Samples) return "samples are counted in more than one way";
            Samples = samples[0];
            _written.UnionWith(Calls[c].Writes.Select(Owner));
        }
        var outside = _program.Calls.Where((_, c) => c < _loop.First || c >= _loop.End);
        _readOutside.UnionWith(outside.SelectMany(c => c.Reads).Concat(_program.Graph.Results).Select(Owner));
        var touched = Calls.SelectMany(c => c.Arguments).Select(a => (Owner: Owner(a), Range: MemoryRange.Of(_program, a))).Distinct().ToList();
        if (touched.Any(a => _written.Contains(a.Owner) && touched.Any(b => b.Owner != a.Owner && a.Range.Overlaps(b.Range))))
            return "a result takes the place of an operand";
        var factors = loops.Select((loop, c) => Factors(Calls[c], loop)).ToList();
        var uses = Uses(loops, factors).ToList();
        foreach (var owner in _written)
            if (Hold(owner, uses.Where(u => u.Owner == owner).ToList()) is { } problem) return problem;
        GiveNumbers(loops, factors);
        Statements = loops.Select((loop, c) => Statement(Calls[c], loop, factors[c])).ToList();
        return null;
    }

    private int Owner(int node) => _program.Storage.Owner(node);

    // Of a part the whole is passed.
    private int ArgumentNode(int node) => _program.Storage.IsPart(node) ? Owner(node) : node;

    private IEnumerable<StateUse> Uses(IReadOnlyList<LoopKernel> loops, IReadOnlyList<StepFactors?> factors)
    {
        for (var c = 0; c < loops.Count; c++)
            for (var s = 0; s < loops[c].Stages.Count; s++)
            {
                var stage = loops[c].Stages[s];
                foreach (var access in stage.Reads.Values.Distinct()) yield return Use(access, isStore: false);
                if (stage.Store is { } store) yield return Use(store, isStore: true);

                StateUse Use(Access access, bool isStore)
                {
                    var node = Calls[c].Arguments[access.Argument];
                    return new(Owner(node), c, s, loops[c], access, isStore, s == 0 && factors[c] is not null, access.Offset + _program.Storage[node].Start);
                }
            }
    }

    // Where a tensor that the steps write lies in its memory, and what of it they read; what stands against it.
    private string? Hold(int owner, IReadOnlyList<StateUse> uses)
    {
        if (_program.Places[owner].Region is Region.Output or Region.Loss && _program.Storage.IsPart(owner)) return "a state is a result";
        if (uses.Any(u => u.Access.Guards.Count > 0 || u.Access.Special.Count > 0)) return "a state is read by a condition or a position";
        int samples = uses[0].SampleStride, steps = uses[0].StepStride;
        if (samples == 0 || steps < 0 || uses.Any(u => u.SampleStride != samples || u.StepStride != steps)) return "a state is read across samples or steps";
        if (uses.Any(u => u.First < 0 || u.Last + steps * (Steps - 1L) >= samples)) return "samples of a state do not lie apart";
        int Place(StateUse use) => steps == 0 ? 0 : (int)(use.First / steps);
        if (steps > 0 && uses.Any(u => u.Last / steps != Place(u))) return "steps of a state do not lie apart";
        var stores = uses.Where(u => u.IsStore).ToList();
        int written = Place(stores[0]), before = FromEnd ? written + 1 : written - 1;
        if (uses.Any(u => Place(u) != written && (u.IsStore || Place(u) != before))) return "a step reaches further than the step before it";
        if (stores.Count == uses.Count) return null;
        var carried = uses.Where(u => Place(u) != written).ToList();
        var length = steps > 0 ? steps : (int)uses.Max(u => u.Last) + 1;
        _held.Add(owner, new(-1, samples, steps, length, before, carried.Count > 0, carried.Any(read => stores.Any(store => read.MeetsLater(store)))));
        return null;
    }

    // A product of what a step holds with what is the same for every sample; the copy of the latter, where its columns do not lie together.
    private StepFactors? Factors(KernelCall call, LoopKernel loop)
    {
        if (!loop.Kernel.IsContraction || loop.Stages[0].Inner.Count != 1) return null;
        var (first, second) = Contraction.Factors(loop.Stages[0].Stage.Expression)!.Value;
        foreach (var (rows, columns) in new[] { (first, second), (second, first) })
        {
            int a = call.Arguments[rows.Node], b = call.Arguments[columns.Node];
            var access = loop.Stages[0].Reads[columns];
            if (!_written.Contains(Owner(a)) || _written.Contains(Owner(b)) || access.Guards.Count > 0 || access.Special.Count > 0) continue;
            if (Enumerable.Range(1, loop.Outer.Count - 1).Any(j => loop.Outer[j].PerSample && access.Strides[j] != 0)) continue;
            var last = LastColumn(loop);
            var isCopied = access.Strides[last] is not (0 or 1) && access.Strides[0] == 0 && !_program.Storage.IsPart(b);
            return new(rows, columns, isCopied ? WeightCopy.Of(b, loop.Kernel, columns) : null);
        }
        return null;
    }

    private static int LastColumn(LoopKernel loop) => Enumerable.Range(1, loop.Outer.Count - 1).Last(j => !loop.Outer[j].PerSample);

    // Arguments in the order of their use, then copies, then held tensors.
    private void GiveNumbers(IReadOnlyList<LoopKernel> loops, IReadOnlyList<StepFactors?> factors)
    {
        for (var c = 0; c < loops.Count; c++)
        {
            if (factors[c] is { } found)
            {
                if (found.Copy is { } copy && !_copies.Contains(copy)) _copies.Add(copy);
                if (found.Copy is null) Add(Calls[c].Arguments[found.Columns.Node]);
            }
            foreach (var stage in loops[c].Stages.Skip(factors[c] is null ? 0 : 1))
            {
                foreach (var read in stage.Reads.Values.Select(a => Calls[c].Arguments[a.Argument]).Where(node => !_held.ContainsKey(Owner(node)))) Add(read);
                if (stage.Store is { } store && IsStored(Calls[c].Arguments[store.Argument])) Add(Calls[c].Arguments[store.Argument]);
            }
        }
        foreach (var (owner, held) in _held.OrderBy(h => h.Key).Select(h => (h.Key, h.Value)).ToList())
        {
            _holders.Add(owner);
            if (!held.IsCarried) continue;
            Add(owner);
            _held[owner] = held with { Argument = _nodes.IndexOf(owner) };
        }
        Held = _holders.Select(o => _held[o]).ToList();
        Arguments = _nodes.Select(n => new KernelArgument(_program.Graph[n].Type.Element, _program.Storage[n].Whole, _written.Contains(Owner(n)))).ToList();

        void Add(int node)
        {
            node = ArgumentNode(node);
            if (!_nodes.Contains(node)) _nodes.Add(node);
        }
    }

    // Somebody outside the loop reads it.
    private bool IsStored(int node) => _readOutside.Contains(Owner(node)) || !_held.ContainsKey(Owner(node));

    private StepStatement Statement(KernelCall call, LoopKernel loop, StepFactors? factors)
    {
        var sample = Enumerable.Range(1, loop.Outer.Count - 1).First(j => loop.Outer[j].PerSample);
        Access InMemory(Access access)
        {
            var node = call.Arguments[access.Argument];
            var start = _program.Storage.IsPart(node) ? _program.Storage[node].Start : 0;
            return access with { Argument = _nodes.IndexOf(ArgumentNode(node)), Offset = access.Offset + start };
        }
        Access? InGroup(Access access)
        {
            var node = call.Arguments[access.Argument];
            if (!_held.TryGetValue(Owner(node), out var held)) return null;
            var offset = access.Offset + _program.Storage[node].Start;
            return access with
            {
                Argument = Number(_holders.IndexOf(Owner(node)), held.IsCarried && offset / held.StepStride == held.Before),
                Offset = held.StepStride == 0 ? offset : offset % held.StepStride,
                Strides = access.Strides.With(0, 0).With(sample, 0),
            };
        }
        var stages = loop.Stages.Select(s => new StepStage(
            s.At(
                s.Reads.ToDictionary(r => r.Key, r => InGroup(r.Value) ?? InMemory(r.Value)),
                s.Store is { } store && IsStored(call.Arguments[store.Argument]) ? InMemory(store) : null),
            s.Store is { } own ? InGroup(own) : null)).ToList();
        return new(loop.Outer, sample, stages, factors is var (rows, columns, copy) ? Product(rows, columns, copy) : null);

        StepProduct Product(Expr.Load rows, Expr.Load columns, WeightCopy? copy)
        {
            Access a = stages[0].Stage.Reads[rows], original = loop.Stages[0].Reads[columns];
            var b = copy is null ? InMemory(original) : WeightCopy.Place(_nodes.Count + _copies.IndexOf(copy), loop, original);
            var last = LastColumn(loop);
            var isWide = b.Strides[last] == 1 && a.Strides[last] == 0 && loop.Outer[last].Factor % 4 == 0 && b.Offset % 4 == 0
                && Enumerable.Range(0, b.Strides.Count).All(j => j == last || b.Strides[j] % 4 == 0);
            return new(((ReduceStage)stages[0].Stage.Stage).Local, a, b, loop.Stages[0].Inner[0].Factor, isWide ? 4 : 1);
        }
    }
}
