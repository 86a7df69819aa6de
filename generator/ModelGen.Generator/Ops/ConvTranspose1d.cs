using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class ConvTranspose1d : ConvTransposeOp
{
    public ConvTranspose1d() : base(1)
    {
    }

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 4)), ("outChannels", 3), ("kernel", 3), ("stride", 2)),
    };
}
