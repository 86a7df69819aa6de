using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Conv2d : ConvolutionOp
{
    public Conv2d() : base(2)
    {
    }

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 7, 7)), ("outChannels", 3), ("kernel", 3), ("stride", 2), ("padding", 1)),
    };
}
