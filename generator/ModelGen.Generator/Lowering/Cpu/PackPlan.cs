using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>A parameter packed into panels: a row for each point of the axes summed over, of N columns.</summary>
/// <param name="Name">The parameter's path.</param>
/// <param name="Start">Where the matrix begins among the parameters, in floats.</param>
/// <param name="Offset">Where the panels begin among all panels, in floats.</param>
internal sealed record Pack(string Name, long Start, EquatableArray<int> K, EquatableArray<int> KStrides, int N, int NStride, long Offset)
{
    /// <summary>The columns that a panel is rounded up to, in all widths: the runtime's <c>Panels.Pack</c> does the same.</summary>
    public const int Multiple = 16;

    public long Floats => K.Aggregate(1L, (p, k) => p * k) * ((N + Multiple - 1) / Multiple * Multiple);
}

/// <summary>Which parameters products read from panels. Weights change once a step and are read by every tile, so they are laid out once, not at each
/// use.</summary>
internal sealed class PackPlan
{
    private readonly Dictionary<(long, EquatableArray<int>, EquatableArray<int>, int, int), Pack> _packs = new();
    private readonly ModelLayout _layout;

    public PackPlan(ModelLayout layout) => _layout = layout;

    /// <summary>Gets the packed parameters, in the order in which they lie.</summary>
    public IEnumerable<Pack> Packs => _packs.Values;

    /// <summary>Gets the floats of all panels.</summary>
    public long Floats { get; private set; }

    /// <summary>Whether a product reads its B from panels: in every call it is a parameter, and nothing else of the kernel reads it.</summary>
    public static bool Fits(GemmNest nest, IReadOnlyList<(Graph Graph, CallOrder Order, KernelCall Call)> calls) => nest.Form == GemmForm.Panels
        && nest.EpilogueFits
        // What else reads it would find panels.
        && nest.Loop.Stages.SelectMany(s => s.Accesses).Distinct().Count(a => a.Argument == nest.B.Argument) == 1
        && calls.All(c => c.Graph[c.Order.Storage.Owner(c.Call.Arguments[nest.B.Argument])] is LeafNode { Kind: LeafKind.Parameter });

    public void Add(Graph graph, KernelCall call, GemmNest nest)
    {
        var leaf = Parameter(graph, call, nest);
        var key = Key(leaf, nest);
        if (_packs.ContainsKey(key)) return;
        var (start, k, kStrides, n, nStride) = key;
        var pack = new Pack(leaf.Path, start, k, kStrides, n, nStride, Floats);
        _packs.Add(key, pack);
        Floats += pack.Floats;
    }

    /// <summary>The panels that a call reads.</summary>
    public Pack Of(Graph graph, KernelCall call, GemmNest nest) => _packs[Key(Parameter(graph, call, nest), nest)];

    private static LeafNode Parameter(Graph graph, KernelCall call, GemmNest nest) => (LeafNode)graph[graph.Source(call.Arguments[nest.B.Argument])];

    private (long, EquatableArray<int>, EquatableArray<int>, int, int) Key(LeafNode leaf, GemmNest nest) =>
        (_layout.OffsetOf(leaf) + nest.B.Offset, nest.K.Select(k => k.Factor).ToEquatableArray(), nest.KVariables
            .Select(k => nest.B.Strides[k]).ToEquatableArray(), nest.N.Factor, nest.B.Strides[nest.NVariable]);
}
