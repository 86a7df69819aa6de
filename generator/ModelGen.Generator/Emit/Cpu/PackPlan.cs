using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>A parameter copied into panels: a row for each point of the axes summed over, of N columns.</summary>
internal sealed record Pack(string Name, Place Parameter, EquatableArray<int> K, EquatableArray<int> KStrides, int N, int NStride, long Offset)
{
    public long Floats => K.Aggregate(1L, (p, k) => p * k) * ((N + 15) / 16 * 16);
}

/// <summary>Which parameters products read from panels. Weights change once a step and are read by every tile, so they are laid out once,
/// not at each use.</summary>
internal sealed class PackPlan
{
    private readonly Dictionary<(Place, EquatableArray<int>, EquatableArray<int>, int, int), Pack> _packs = new();

    public PackPlan(KernelTable table)
    {
        foreach (var entry in table.Entries)
        {
            if (entry.Kernel.Plan is not { } plan || plan.Form != ContractionForm.Panels || !plan.EpilogueFits) continue;
            // What else reads it would find panels.
            if (plan.Loop.Stages.SelectMany(s => s.Accesses).Distinct().Count(a => a.Argument == plan.B.Argument) > 1) continue;
            // Only where the factor is a parameter in every call of the kernel; elsewhere another form is used.
            if (!entry.Calls.All(c => c.Program.Places[c.Call.Arguments[plan.B.Argument]].Region == Region.Parameters)) continue;
            entry.Packed = plan.B.Argument;
            foreach (var (program, call) in entry.Calls) Add(program, call, plan);
        }
    }

    public IEnumerable<Pack> Packs => _packs.Values;

    public long Floats { get; private set; }

    public string Address(Program program, KernelCall call, KernelEntry entry)
    {
        var pack = _packs[Key(program, call, entry.Kernel.Plan!)];
        return "s.Prepared" + (pack.Offset == 0 ? "" : " + " + pack.Offset.ToString(CultureInfo.InvariantCulture));
    }

    private void Add(Program program, KernelCall call, ContractionPlan plan)
    {
        var key = Key(program, call, plan);
        if (_packs.ContainsKey(key)) return;
        var (place, k, kStrides, n, nStride) = key;
        var leaf = (LeafNode)program.Graph[FormSource(program, call.Arguments[plan.B.Argument])];
        var pack = new Pack(leaf.Path, place, k, kStrides, n, nStride, Floats);
        _packs.Add(key, pack);
        Floats += pack.Floats;
    }

    private static int FormSource(Program program, int node) => Passes.FormKernels.Source(program.Graph, node);

    private static (Place, EquatableArray<int>, EquatableArray<int>, int, int) Key(Program program, KernelCall call, ContractionPlan plan)
    {
        var place = program.Places[call.Arguments[plan.B.Argument]];
        place = place with { Fixed = place.Fixed + plan.B.Offset };
        return (place, plan.K.Select(k => k.Factor).ToEquatableArray(), plan.KVariables.Select(k => plan.B.Strides[k]).ToEquatableArray(), plan.N.Factor, plan.B.Strides[plan.NVariable]);
    }
}
