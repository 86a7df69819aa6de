using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class AvgPool2d : AvgPoolOp
{
    public AvgPool2d() : base(2)
    {
    }

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 6, 6)), ("kernel", 2)) };
}
