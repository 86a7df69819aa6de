using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints the programs of a model as ILGPU C#: a class with the launches and a class with one kernel for each distinct kernel.</summary>
internal sealed class GpuEmitter
{
    // A loop counts past its end by a block of sums at most, 32 turns of 1024 threads, or by a tile.
    private const int LongestStride = 1 << 16;

    private readonly LoweredModel _model;
    private readonly CodeWriter _writer;
    private readonly Dictionary<Program, ValueNames> _names;
    private readonly KernelTable _table;
    private readonly Dictionary<KernelEntry, GpuLaunches> _launches = new();
    private readonly StepLoops _steps;
    private readonly Dictionary<(Program Program, int From), IReadOnlyList<IReadOnlyList<PlannedLaunch>>> _plans = new();
    private readonly Dictionary<string, SideBySide> _sides = new();
    private readonly long _scratchFloats;

    private GpuEmitter(CodeWriter writer, LoweredModel model, bool forTensorCores)
    {
        (_model, _writer) = (model, writer);
        _names = model.All.ToDictionary(p => p, p => new ValueNames(p.Graph));
        // The device computes what nobody needs too: threads of a group go the same way.
        _table = new KernelTable(model.All.Select(p => (p, _names[p])), emitted: kernel => kernel.WithoutKnownElements());
        foreach (var entry in _table.Entries)
        {
            var launches = GpuLaunches.Of(entry, Based(entry), forTensorCores);
            _launches.Add(entry, launches);
            _scratchFloats = Math.Max(_scratchFloats, launches.ScratchFloats);
        }
        _steps = new(model.All, _table, _names);
        _scratchFloats = Math.Max(_scratchFloats, _steps.Launches.Select(l => l.ScratchFloats).DefaultIfEmpty().Max());
        foreach (var program in model.All)
            foreach (var (from, to, _) in Ranges(program, ""))
                Plan(program, from, to);
    }

    // Ranges of calls with the names of their methods: forward, then backward.
    private IReadOnlyList<(int From, int To, string Name)> Ranges(Program program, string name)
    {
        var forward = program.ForwardCalls;
        return CallList.Split(program, 0, forward, name + (forward < program.Calls.Count ? "Forward" : "Steps"), GpuTarget.Large.LaunchesOfAMethod)
            .Concat(CallList.Split(program, forward, program.Calls.Count, name + (program == _model.Tangent ? "Directions" : "Backward"),
                GpuTarget.Large.LaunchesOfAMethod))
                .ToList();
    }

    private void Plan(Program program, int from, int to)
    {
        var plan = _plans[(program, from)] = LaunchPlan.Of(program, from, to, call => _launches[_table[call.Kernel]], loop => _steps[program, loop]);
        foreach (var step in plan)
        {
            var methods = step.Select(l => l.Launch.Method).ToList();
            foreach (var method in methods)
            {
                method.IsAlone |= step.Count == 1;
                method.IsBesideOthers |= step.Count > 1;
            }
            if (step.Count > 1 && !_sides.ContainsKey(Key(step))) _sides.Add(Key(step),
                new(methods, methods[0].Text.Entry.Name + "_And" + Extent.Number(_sides.Count)));
        }
    }

    private static string Key(IReadOnlyList<PlannedLaunch> step) => string.Join(" ", step.Select(l => l.Launch.Name));

    // The kernels that are launched by themselves.
    private IEnumerable<GpuLaunch> Alone => Launched.Where(l => l.Method.IsAlone);

    // Kernels of steps that are computed in one kernel are not launched.
    private IEnumerable<GpuLaunch> Launched =>
        _table.Entries.Select(e => _launches[e]).Concat(_steps.Launches).SelectMany(l => l.All).Where(l => l.Method.IsAlone || l.Method.IsBesideOthers);

    private IEnumerable<GpuMethod> Methods => Alone.SelectMany(l => l.Tensor is null ? new[] { l.Method } : new[] { l.Method, l.Tensor });

    public int KernelCount => Alone.Count() + _sides.Count;

    private long PerRow => _model.All.Max(p => p.Workspace.PerSample);

    private long Fixed => _model.All.Max(p => p.Workspace.Fixed);

    /// <summary>Writes the classes <c>GpuCompiled</c> and <c>GpuKernels</c>; <paramref name="info"/> is the expression of the
    /// model's description.</summary>
    /// <param name="forTensorCores">Whether products get a second form for tensor cores.</param>
    public static GpuEmitter Emit(CodeWriter writer, LoweredModel model, string info, bool forTensorCores)
    {
        var emitter = new GpuEmitter(writer, model, forTensorCores);
        emitter.Class(info);
        writer.Line();
        writer.WithoutNulls();
        emitter.Kernels();
        return emitter;
    }

    private static IReadOnlyCollection<int> Based(KernelEntry entry) =>
        Enumerable.Range(0, entry.Arguments.Count).Where(k => entry.Calls.Any(c => !StartsAligned(c.Program, c.Call.Arguments[k]))).ToList();

    // Every slot of the workspace starts on 256 bytes; outputs and losses are passed whole, and the second of several may start anywhere in them.
    private static bool StartsAligned(Program program, int node) => program.Places[node] is var place && (place.Region is Region.Output or Region.Loss
        ? place is { PerSample: 0, Fixed: 0 }
        : program.Storage[node].Start == 0);

    private void Class(string info)
    {
        _writer.Line("/// <summary>The compiled network for a GPU: what is launched, in which order, on which memory.</summary>");
        _writer.Open("internal sealed class GpuCompiled : GpuProgram");
        foreach (var method in Methods) _writer.Line($"private {method.LauncherType} {method.Field} = null!;");
        foreach (var side in _sides.Values) _writer.Line($"private Action<AcceleratorStream, KernelConfig, {side.ParameterTypes}> {Field(side)} = null!;");
        foreach (var constant in Constants()) _writer.Line($"private MemoryBuffer1D<float, Stride1D.Dense> {ConstantField(constant.Index)} = null!;");
        _writer.Line();
        _writer.Line($"public GpuCompiled() : base({info})");
        _writer.Open().Close();
        Property("WorkspaceFloatsPerRow", PerRow);
        Property("WorkspaceFloatsFixed", Fixed + LaunchPlan.ScratchAreas * _scratchFloats);
        LoadKernels();
        List("Train", _model.Train, "Forward and backward in training mode.");
        List("Infer", _model.Infer, "Forward in evaluation mode.");
        List("Score", _model.Score, "Forward and loss in evaluation mode.");
        if (_model.Tangent is not null) List("Tangent", _model.Tangent, "Forward in training mode with the derivatives along a direction.");
        BatchLimit(_model.All.ToList());
        _writer.Close();
    }

    private void Property(string name, long value)
    {
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        _writer.Line($"public override long {name} => {Extent.Number(value)};");
    }

    private void LoadKernels()
    {
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        _writer.Block("public override void LoadKernels(KernelLoader loader)", () =>
        {
            if (Alone.Any(l => l.Tensor is not null)) _writer.Line("UsesTensorCores = loader.HasTensorCores;");
            foreach (var launch in Alone) Choice(launch, m => m.Load);
            foreach (var side in _sides.Values)
                _writer.Line($"{Field(side)} = loader.LoadKernel<{side.ParameterTypes}>(GpuKernels.{side.Name}, new "
                    + $"KernelSpecialization({Extent.Number(side.Threads)}, {Extent.Number(side.MinGroups)}));");
            foreach (var (index, leaf) in Constants())
                _writer.Line($"{ConstantField(index)} = loader.Allocate1D(new float[] {{ {string.Join(", ", leaf.Data.Select(GpuExpression.Number))} }});   "
                    + $"// {leaf.Name} {leaf.Type}");
        });
    }

    private void List(string name, Program? program, string summary)
    {
        _writer.Line();
        if (program is null)
        {
            _writer.Line("/// <summary>Never called: the model has no loss.</summary>");
            _writer.Block($"public override void {name}(GpuStep s)", () => { });
            return;
        }
        var names = _names[program];
        var callText = new CallText(program, names, program == _model.Tangent);
        var parts = Ranges(program, name);
        _writer.Line($"/// <summary>{summary}</summary>");
        _writer.Block($"public override void {name}(GpuStep s)", () =>
        {
            _writer.Line("CheckBatch(s.N);");
            foreach (var part in parts) _writer.Line($"{part.Name}(s);");
        });
        foreach (var part in parts)
        {
            _writer.Line();
            _writer.Block($"private void {part.Name}(GpuStep s)", () => Launches(program, names, callText, part.From, part.To));
        }
    }

    private void Launches(Program program, ValueNames names, CallText callText, int from, int to)
    {
        _writer.Line("var n = s.N;");
        var passed = _plans[(program, from)].SelectMany(step => step).SelectMany(l => l.Launch.Arguments.Where(a => a >= 0).Select(a => l.Nodes[a]));
        foreach (var argument in passed.Distinct().OrderBy(a => a))
            _writer.Line($"var {names[argument]} = {View(program, argument)};   // {program.Graph[argument].Type}");
        var told = new HashSet<KernelCall>();
        var loop = (StepLoop?)null;
        foreach (var step in _plans[(program, from)])
        {
            // A loop over steps holds whole launches: its calls are planned by themselves.
            var its = program.Loops.FirstOrDefault(l => l.First <= Position(step) && Position(step) < l.End && _steps[program, l] is null);
            if (loop is not null && its != loop) _writer.Close();
            _writer.Line();
            if (its is not null && its != loop)
            {
                _writer.Line($"// Each step is launched by itself: {_steps.Reason(program, its)}.");
                _writer.Open(CallList.Head(its.Steps, its.FromEnd));
            }
            loop = its;
            foreach (var call in step.SelectMany(l => l.Calls).Where(told.Add))
                foreach (var line in callText.Lines(call)) _writer.Line("// " + line);
            Launch(program, names, step);
        }
        if (loop is not null) _writer.Close();

        int Position(IReadOnlyList<PlannedLaunch> step) => Enumerable.Range(from, to - from).First(c => ReferenceEquals(program.Calls[c], step[0].Calls[0]));
    }

    private void Launch(Program program, ValueNames names, IReadOnlyList<PlannedLaunch> step)
    {
        string View(int member, int k) => step[member].Launch.Arguments[k] is var argument && argument < 0
            ? ScratchView(step[member].Launches, argument, step[member].Scratch) : names[step[member].Nodes[argument]];
        string Begin(int member, int k) => Start(program, step[member].Nodes[step[member].Launch.Arguments[k]]);
        if (step.Count == 1)
        {
            Choice(step[0].Launch, m => m.Launch(k => View(0, k), k => Begin(0, k)));
            return;
        }
        var side = _sides[Key(step)];
        _writer.Line($"{Field(side)}(s.Stream, Groups({side.Groups}, {Extent.Number(side.Threads)}), {side.Arguments(View, Begin)});");
    }

    // A statement for the form of a kernel that the device runs.
    private void Choice(GpuLaunch launch, Func<GpuMethod, string> statement)
    {
        if (launch.Tensor is null)
        {
            _writer.Line(statement(launch.Method));
            return;
        }
        foreach (var (head, method) in new[] { ("if (UsesTensorCores)", launch.Tensor), ("else", launch.Method) })
        {
            _writer.Line(head);
            _writer.Indent();
            _writer.Line(statement(method));
            _writer.Unindent();
        }
    }

    private static string Field(SideBySide side) => "_" + char.ToLowerInvariant(side.Name[0]) + side.Name.Substring(1);

    private string ScratchView(GpuLaunches launches, int argument, int area)
    {
        var (start, length) = launches.Scratch(argument);
        return $"Scratch(s, {Extent.Number(area * _scratchFloats + start)}, {Extent.Number(length)})";
    }

    private static string View(Program program, int node)
    {
        // A part starts anywhere: it is passed as the whole, and where it starts in it.
        node = program.Storage.Owner(node) is var owner && program.Storage.IsPart(node) ? owner : node;
        var place = program.Places[node] with { Fixed = program.Places[node].Fixed - program.Storage[node].Start };
        var graphNode = program.Graph[node];
        var number = Extent.Number(place.Index);
        var region = place.Region switch
        {
            Region.Input => graphNode.Type.Element == ElementType.I32 ? $"s.Ints({number})" : $"s.Floats({number})",
            Region.Constant => ConstantField(place.Index) + ".View.BaseView",
            _ => "s." + place.Region,
        };
        if (place.Region is Region.Input or Region.Constant or Region.Output or Region.Loss) return region;
        var length = program.Storage[node].Whole.Length;
        var start = place.PerSample == 0 ? Extent.Number(place.Fixed) + "L"
            : Extent.Number(place.PerSample) + "L * n" + (place.Fixed == 0 ? "" : " + " + Extent.Number(place.Fixed));
        return $"{region}.SubView({start}, {Extent.Number(length.Factor)}L{(length.PerSample ? " * n" : "")})";
    }

    // Where an argument starts in the view it is passed as.
    private static string Start(Program program, int node)
    {
        var place = program.Places[node];
        if (place.Region is not (Region.Output or Region.Loss)) return Extent.Number(program.Storage[node].Start);
        if (place.PerSample == 0 && place.Fixed == 0) return "0";
        return string.Join(" + ",
            new[] { place.PerSample == 0 ? "" : Extent.Number(place.PerSample) + " * n", place.Fixed == 0 ? "" : Extent.Number(place.Fixed) }
            .Where(t => t.Length > 0));
    }

    // Kernels count in 32 bits.
    private void BatchLimit(IReadOnlyList<Program> programs)
    {
        var largest = programs.SelectMany(p => p.Graph.Nodes.Select(x => p.Storage[x.Id].Whole).Concat(p.Calls.Select(c => new Shape(c.Kernel.Outer)))
                .Concat(p.Calls.SelectMany(c => c.Kernel.Stages).Select(s => new Shape(s.Inner))))
            .Where(s => s.IsPerSample).Select(s => s.Axes.Aggregate(1L, (product, a) => product * a.Factor)).DefaultIfEmpty(1).Max();
        var limit = Math.Max(1, (int.MaxValue - LongestStride) / largest);
        _writer.Line();
        _writer.Line($"// The kernels count elements in 32 bits; the largest tensor has {Extent.Number(largest)} for each sample.");
        _writer.Block("private static void CheckBatch(int n)", () =>
        {
            _writer.Line($"if (n > {Extent.Number(limit)})");
            _writer.Indent();
            _writer.Line($"throw new global::System.ArgumentOutOfRangeException(\"n\", n, "
                + $"{StringLiteral.Of($"{_model.Graphs.Name} takes at most {Extent.Number(limit)} samples in a batch on the GPU.")});");
            _writer.Unindent();
        });
        _writer.Line();
        if (_scratchFloats > 0)
        {
            _writer.Line("// What passes between the pieces of a kernel, behind the workspace.");
            _writer.Line($"private static ArrayView<float> Scratch(GpuStep s, long start, long length) => s.Workspace.SubView({Extent.Number(PerRow)}L * "
                + $"s.Rows + {Extent.Number(Fixed)} + start, length);");
            _writer.Line();
        }
        _writer.Line("private static KernelConfig Groups(int groups, int threads) => new(new Index1D(groups), new Index1D(threads));");
    }

    private void Kernels()
    {
        _writer.Line("/// <summary>The kernels, each used by every layer that computes the same with the same sizes.</summary>");
        _writer.Open("internal static class GpuKernels");
        var isFirst = true;
        foreach (var launch in Launched)
        {
            if (!isFirst) _writer.Line();
            isFirst = false;
            launch.Method.Write(_writer);
            if (launch.Tensor is null) continue;
            _writer.Line();
            launch.Tensor.Write(_writer);
        }
        foreach (var side in _sides.Values)
        {
            _writer.Line();
            side.Write(_writer);
        }
        _writer.Close();
    }

    private IEnumerable<(int Index, LeafNode Leaf)> Constants()
    {
        var seen = new HashSet<int>();
        foreach (var program in _model.All)
            foreach (var leaf in program.Graph.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Constant))
                if (seen.Add(program.Places[leaf.Id].Index)) yield return (program.Places[leaf.Id].Index, leaf);
    }

    private static string ConstantField(int index) => "_constant" + index.ToString(CultureInfo.InvariantCulture);
}
