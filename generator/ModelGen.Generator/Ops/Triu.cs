using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Triu : TriangleOp
{
    public override string Name => "Triu";

    public override string Summary => "Returns x with zeros left of a diagonal of its last two axes.";

    public override OpDoc Doc => new("j - i ≥ diagonal ? x[…,i,j] : 0", "[…, A, B] → same", "upper triangle");

    protected override Expr Stays(Expr distance, int diagonal) => distance >= diagonal;
}
