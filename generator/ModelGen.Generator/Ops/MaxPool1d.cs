using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class MaxPool1d : MaxPoolOp
{
    public MaxPool1d() : base(1)
    {
    }

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 7)), ("kernel", 3), ("stride", 2)) };
}
