using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class ArgMax : ArgReduceOp
{
    public override string Name => "ArgMax";

    public override string Summary => "Returns the position of the greatest element along an axis, as a number; of equal ones the first.";

    public override OpDoc Doc => new("the first i with x[…,i,…] = max x", "any → without the axis, or with size 1 for it (keepDims)", "torch.argmax",
        "No derivative. Positions are exact up to 2^24.");

    protected override Expr Measure(Expr x) => x;
}
