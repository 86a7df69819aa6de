using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class ConvTranspose2d : ConvTransposeOp
{
    public ConvTranspose2d() : base(2)
    {
    }

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 4, 4)), ("outChannels", 3), ("kernel", 3), ("stride", 2), ("padding", 1)),
    };
}
