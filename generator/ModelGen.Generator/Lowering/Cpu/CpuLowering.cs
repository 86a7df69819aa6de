using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>Decides how each distinct kernel of a model is computed on the CPU, once, before memory is planned: what the memory plan, the packing of weights
/// and the printed text follow from is one record.</summary>
internal sealed class CpuLowering
{
    private readonly CpuFamily _family;
    private readonly Dictionary<Kernel, IReadOnlyList<CpuSchedule>> _schedules = new();

    /// <param name="programs">All programs of the model: a kernel that several have is one method, and so has one schedule for each vector width.</param>
    public CpuLowering(CpuFamily family, ModelLayout layout, IEnumerable<(Graph Graph, CallOrder Order)> programs)
    {
        _family = family;
        Packs = new PackPlan(layout);
        var calls = programs.SelectMany(p => p.Order.Calls.Select(c => (p.Graph, p.Order, Call: c))).GroupBy(c => c.Call.Kernel);
        foreach (var kernel in calls) _schedules.Add(kernel.Key, Schedule(kernel.Key, kernel.ToList()));
    }

    /// <summary>Gets the processors that the schedules are for.</summary>
    public CpuFamily Family => _family;

    /// <summary>Gets the panels of all packed parameters.</summary>
    public PackPlan Packs { get; }

    /// <summary>The schedules of a kernel, the widest first; the last one is that of plain loops.</summary>
    public IReadOnlyList<CpuSchedule> this[Kernel kernel] => _schedules[kernel];

    /// <summary>The nest of a kernel that reads an operand from panels, or null.</summary>
    public GemmNest? Packed(Kernel kernel) => this[kernel][0] is GemmSchedule { B: OperandB.PackedParameter } gemm ? gemm.Nest : null;

    /// <summary>Whether a call reads back the sums in its result's memory by whole vectors, and so floats behind a row too.</summary>
    public bool TakesSumsBack(Kernel kernel) => this[kernel][0] is GemmSchedule { KeepsSumsInResult: true, Nest.N: var columns }
        && (columns.PerSample || columns.Factor % _family.Widest.Lanes != 0);

    private IReadOnlyList<CpuSchedule> Schedule(Kernel kernel, IReadOnlyList<(Graph Graph, CallOrder Order, KernelCall Call)> calls)
    {
        if (GemmNest.Of(kernel, _family) is { } nest)
        {
            if (PackPlan.Fits(nest, calls))
                foreach (var call in calls) Packs.Add(call.Graph, call.Call, nest);
            else nest = nest.WithoutPanels();
            if (nest is { EpilogueFits: true } && (!nest.N.PerSample || nest.Form == GemmForm.Dots)) return _family.Targets
                .Select(t => new GemmSchedule(nest, t, _family)).ToList();
        }
        // Only products take back what calls for other samples have summed.
        if (kernel.Accumulates) throw new InvalidOperationException("A kernel that adds to earlier samples is no product that micro-kernels compute.");
        return TransformSchedule.Of(_family, kernel) ?? (IReadOnlyList<CpuSchedule>?)ScatterSchedule.Of(_family, kernel) ?? LoopSchedule.Of(_family, kernel);
    }
}
