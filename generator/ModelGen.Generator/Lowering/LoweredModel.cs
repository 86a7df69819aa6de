using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Lowering;

/// <summary>The programs of a model with all that has been decided about them: what emitters print.</summary>
/// <param name="Graphs">The model.</param>
/// <param name="Layout">Where parameters and buffers lie.</param>
/// <param name="Infer">Forward in evaluation mode.</param>
internal sealed record LoweredModel(ModelGraphs Graphs, ModelLayout Layout, Program Infer)
{
    /// <summary>Gets forward and loss in evaluation mode; null without a loss.</summary>
    public Program? Score { get; init; }

    /// <summary>Gets the joint graph of the training step before the passes; null without a loss.</summary>
    public Graph? Joint { get; init; }

    /// <summary>Gets forward, loss and backward in training mode; null without a loss.</summary>
    public Program? Train { get; init; }

    /// <summary>Gets what the loss of a whole set is computed from; null without a loss.</summary>
    public LossFormula? LossFormula { get; init; }

    /// <summary>Gets forward in training mode with directional derivatives; null where the model does not ask for them.</summary>
    public Program? Tangent { get; init; }

    /// <summary>Gets the loss in training mode without any pass, and the numbers of the values that stay as they are while parameters move; null where the
    /// model does not ask for it.</summary>
    public (Program Program, IReadOnlyCollection<int> Held)? Check { get; init; }

    /// <summary>Gets how the kernels are computed on the CPU; null where the programs are for a GPU.</summary>
    public CpuLowering? Cpu { get; init; }

    /// <summary>Gets how the kernels are computed on a GPU, and what is launched; null where the programs are for the CPU.</summary>
    public GpuLowering? Gpu { get; init; }

    /// <summary>Gets the programs that run, the training step first.</summary>
    public IEnumerable<Program> All => new[] { Train, Score, Infer, Tangent }.OfType<Program>();

    /// <summary>Gets a value indicating whether a prediction's one output has a place of its own, and no call reads it, nor what lies behind it: it is
    /// written where the caller wants it.</summary>
    public bool WritesOutputOnly
    {
        get
        {
            if (Infer.Graph.Outputs.Count != 1 || !Infer.Places.TryGetValue(Infer.Graph.Outputs[0], out var place)
                || place.Region != Region.Output) return false;
            bool IsOutput(int node) => Infer.Storage.Owner(node) == Infer.Storage.Owner(Infer.Graph.Outputs[0]);
            return !Infer.Calls.Any(c => c.Reads.Any(IsOutput) || c.Writes.Any(IsOutput) && Cpu?.TakesSumsBack(c.Kernel) == true);
        }
    }
}
