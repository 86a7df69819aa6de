using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class MaxPool3d : MaxPoolOp
{
    public MaxPool3d() : base(3)
    {
    }

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 4, 4, 4)), ("kernel", 2)) };
}
