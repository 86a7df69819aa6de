using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class ConvTranspose3d : ConvTransposeOp
{
    public ConvTranspose3d() : base(3)
    {
    }

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 3, 3, 3)), ("outChannels", 3), ("kernel", 2)),
    };
}
