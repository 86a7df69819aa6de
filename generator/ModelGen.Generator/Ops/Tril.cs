using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Tril : TriangleOp
{
    public override string Name => "Tril";

    public override string Summary => "Returns x with zeros right of a diagonal of its last two axes.";

    public override OpDoc Doc => new("j - i ≤ diagonal ? x[…,i,j] : 0", "[…, A, B] → same", "lower triangle");

    protected override Expr Stays(Expr distance, int diagonal) => distance <= diagonal;
}
