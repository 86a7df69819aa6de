using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class CumProd : RunningOp
{
    public override string Name => "CumProd";

    public override string Summary => "Computes the product of the elements up to each one along an axis.";

    public override OpDoc Doc => new("y[…,i,…] = Π_{k ≤ i} x[…,k,…]", "any → same", "torch.cumprod",
        "The gradient divides by nothing, so that it is right where elements are 0. The axis is not the batch axis.");

    protected override Node Along(GraphBuilder b, Node x, int axis) => Product(b, x, axis);

    /// <summary>The product up to each element.</summary>
    internal static Node Product(GraphBuilder b, Node x, int axis) => Run(b, x, axis, 1, (product, factor) => product * factor);
}
