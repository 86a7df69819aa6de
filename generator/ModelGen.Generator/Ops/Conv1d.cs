using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Conv1d : ConvolutionOp
{
    public Conv1d() : base(1)
    {
    }

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 7)), ("outChannels", 3), ("kernel", 3), ("padding", 1)),
    };
}
