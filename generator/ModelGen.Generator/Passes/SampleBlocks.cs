using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Passes;

/// <summary>Which kernels run for some samples of the batch after the other: those that share a value with room for some samples only, and the
/// maps, copies and pools before and after them whose values nothing else reads. Those values then have room for some samples too, and stay in the
/// cache.</summary>
internal sealed class SampleBlocks
{
    private readonly Graph _graph;
    private readonly Consumers _consumers;
    private readonly IReadOnlyDictionary<int, KernelGroup> _groupOf;
    private readonly Recurrences _recurrences;
    private readonly HashSet<int> _results;
    private readonly Dictionary<KernelGroup, Block> _blockOf = new();
    private readonly List<Block> _blocks;
    private readonly Precedence? _precedence;

    private SampleBlocks(
        Graph graph, Recurrences recurrences, Consumers consumers, IReadOnlyList<KernelGroup> groups, IReadOnlyDictionary<int, KernelGroup> groupOf)
    {
        (_graph, _recurrences, _consumers, _groupOf) = (graph, recurrences, consumers, groupOf);
        _results = new(graph.Results.Select(r => graph.Source(r)));
        Begin(groups);
        _blocks = _blockOf.Values.Distinct().Where(b => b.Samples > 0).ToList();
        _precedence = _blocks.Count > 0 ? Wholes(groups) : null;
        foreach (var block in _blocks)
            while (TakeProducer(block) || TakeReaders(block))
            {
            }
        Inside = _blocks.SelectMany(b => b.Groups.SelectMany(g => g.Members)
            .Where(m => m.Block is null && HasOwnPlace(m) && Readers(m.Id) is { } readers && readers.All(b.Groups.Contains)
                && readers.Any(r => r != _groupOf[m.Id])).Select(m => (m.Id, b.Samples))).ToList();
    }

    /// <summary>Kernels that run together, outside of recurrences.</summary>
    /// <param name="samples">How many samples at a time; 0 for the whole batch.</param>
    public sealed class Block(int samples)
    {
        public List<KernelGroup> Groups { get; } = new();

        /// <summary>Kernels that cannot join.</summary>
        public HashSet<KernelGroup> Refused { get; } = new();

        public int Samples { get; set; } = samples;
    }

    public static SampleBlocks Of(
        Graph graph, Recurrences recurrences, Consumers consumers, IReadOnlyList<KernelGroup> groups, IReadOnlyDictionary<int, KernelGroup> groupOf) =>
        new(graph, recurrences, consumers, groups, groupOf);

    /// <summary>All kernels outside of recurrences, those that do not belong to a block by themselves.</summary>
    public IEnumerable<Block> All => _blockOf.Values.Distinct();

    /// <summary>Values that are read in their block only, with its samples.</summary>
    public IReadOnlyList<(int Node, int Samples)> Inside { get; }

    // The kernels that share a value with room for some samples.
    private void Begin(IReadOnlyList<KernelGroup> groups)
    {
        foreach (var group in groups.Where(g => g.Recurrence < 0))
        {
            var own = new Block(0);
            own.Groups.Add(group);
            _blockOf[group] = own;
            foreach (var input in group.Members.SelectMany(m => m.Inputs).Distinct())
            {
                if (_graph[_graph.Source(input)] is not ComputeNode { Block: { Accumulates: false } layout } source) continue;
                own.Samples = layout.Samples;
                var earlier = _blockOf[_groupOf[source.Id]];
                if (ReferenceEquals(earlier, own)) continue;
                own.Groups.AddRange(earlier.Groups);
                foreach (var g in earlier.Groups) _blockOf[g] = own;
            }
        }
    }

    private bool TakeProducer(Block block)
    {
        foreach (var input in block.Groups.SelectMany(g => g.Members).SelectMany(m => m.Inputs).Select(i => _graph.Source(i)).Distinct())
        {
            if (!_groupOf.TryGetValue(input, out var maker) || !CanMove(maker)) continue;
            if (maker.Members.All(m => HasOwnPlace(m) && Readers(m.Id) is { } readers && readers.All(r => r == maker || block.Groups.Contains(r)))
                && Take(block, new[] { maker })) return true;
        }
        return false;
    }

    private bool TakeReaders(Block block)
    {
        foreach (var made in block.Groups.SelectMany(g => g.Members).Where(m => m.Block is null && m.Shape.IsPerSample && HasOwnPlace(m)))
        {
            if (Readers(made.Id) is not { } readers) continue;
            var outside = readers.Where(r => !block.Groups.Contains(r)).ToList();
            if (outside.Count > 0 && outside.All(CanMove) && Take(block, outside)) return true;
        }
        return false;
    }

    // Loops over samples that do not look at others, and nothing that gains from many samples at once.
    private bool CanMove(KernelGroup group) => group is { IsClosed: false, Recurrence: < 0 } && _blockOf[group].Samples == 0
        && group.Members.All(m => FormKernels.IsSameForSomeSamples(_graph, m) && m.Block is null);

    private bool Take(Block block, IReadOnlyList<KernelGroup> groups)
    {
        // A larger block reads no less through others than a smaller one.
        if (groups.Any(block.Refused.Contains)) return false;
        if (!_precedence!.TryJoin(groups.Prepend(block.Groups[0]).Select(g => g.Last).ToArray()))
        {
            foreach (var group in groups) block.Refused.Add(group);
            return false;
        }
        block.Groups.AddRange(groups);
        foreach (var group in groups) _blockOf[group] = block;
        return true;
    }

    // A value with memory of its own, first by samples: no part of another, no result, no state.
    private bool HasOwnPlace(ComputeNode node) => !_results.Contains(node.Id) && node.Shape.Rank > 0 && node.Shape[0].PerSample && _recurrences[node.Id] < 0;

    // The kernels that read a value, or null where something else does.
    private List<KernelGroup>? Readers(int id)
    {
        var readers = new List<KernelGroup>();
        foreach (var reader in _consumers[id])
        {
            if (_graph[reader] is ReshapeNode r)
            {
                if (!r.Shape[0].PerSample || Readers(reader) is not { } behind) return null;
                readers.AddRange(behind);
            }
            else if (_groupOf.TryGetValue(reader, out var group)) readers.Add(group);
            else return null;
        }
        return readers.Distinct().ToList();
    }

    // Blocks, and recurrences, run as a whole.
    private Precedence Wholes(IReadOnlyList<KernelGroup> groups)
    {
        var wholes = All.Select(b => b.Groups.ToList())
            .Concat(groups.Where(g => g.Recurrence >= 0).GroupBy(g => g.Recurrence).Select(r => r.ToList())).ToList();
        var wholeOf = wholes.SelectMany(w => w.Select(g => (g, w))).ToDictionary(x => x.g, x => x.w);
        var members = groups.ToDictionary(g => g.Last);
        var sorted = OrderKernels.Sorted(wholes, w => w.Max(g => g.Last), w => w.SelectMany(MakersFor).Select(g => wholeOf[g]));
        return new(sorted.Select(w => w.Select(g => g.Last).ToList()), i => MakersFor(members[i]).Select(g => g.Last));
    }

    private IEnumerable<KernelGroup> MakersFor(KernelGroup group) => group.Members.SelectMany(m => m.Inputs).Distinct().SelectMany(Makers);

    private IEnumerable<KernelGroup> Makers(int id) => _groupOf.TryGetValue(id, out var group) ? new[] { group } : _graph[id].Inputs.SelectMany(Makers);
}
