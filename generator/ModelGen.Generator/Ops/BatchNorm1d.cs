using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class BatchNorm1d : BatchNormOp
{
    public BatchNorm1d() : base(1)
    {
    }

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3))) };
}
