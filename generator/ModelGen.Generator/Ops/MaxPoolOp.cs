using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>Max pooling over <c>rank</c> spatial axes.</summary>
internal abstract class MaxPoolOp : PoolOp
{
    protected MaxPoolOp(int rank) : base(rank)
    {
    }

    public override string Name => $"MaxPool{Rank}d";

    public override bool KeepsScale => true;

    public override OpDoc Doc => new("y[n,c,s] = max_k x[n,c,s·stride - padding + k·dilation]", Shapes,
        "max pooling", Constraints + " Padding never wins, not against -∞ either; at a tie the first element of the window (row-major) takes the cotangent.");

    public override IReadOnlyList<OpParameter> Parameters => base.Parameters.Append(OpParameter.Size(Rank, "dilation", 1)).ToArray();

    protected override Node Pool(OpCall call, Node x, Window window, Shape output) =>
        Combined(call.Builder, Combine.MaxFirst, double.NegativeInfinity, x, window, output);
}
