using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Conv3d : ConvolutionOp
{
    public Conv3d() : base(3)
    {
    }

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 5, 5, 5)), ("outChannels", 3), ("kernel", 2)),
    };
}
