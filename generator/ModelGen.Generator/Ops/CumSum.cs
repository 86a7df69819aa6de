using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class CumSum : RunningOp
{
    public override string Name => "CumSum";

    public override string Summary => "Computes the sum of the elements up to each one along an axis.";

    public override OpDoc Doc => new("y[…,i,…] = Σ_{k ≤ i} x[…,k,…]", "any → same", "torch.cumsum", "The axis is not the batch axis.");

    protected override Node Along(GraphBuilder b, Node x, int axis) => Run(b, x, axis, 0, (sum, term) => sum + term);
}
