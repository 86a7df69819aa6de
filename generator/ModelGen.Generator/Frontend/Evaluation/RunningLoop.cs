using ModelGen.Generator.Frontend.Ir;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>A loop that is being run.</summary>
internal sealed class RunningLoop
{
    public RunningLoop(IrNode node, Frame frame) => (Node, Frame) = (node, frame);

    public IrNode Node { get; }

    public Frame Frame { get; }

    public int Rounds { get; set; }
}
