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

    public override string Summary =>
        $"Returns the maximum of each window of {Spatial.Type(Rank)}. The size rule is that of <see cref=\"Conv{Rank}d\"/>; padding never wins.";

    public override bool KeepsScale => true;

    public override OpDoc Doc => new("y[n,c,s] = max_k x[n,c,s·stride - padding + k·dilation]", Shapes,
        "max pooling", Constraints + " Padding never wins, not against -∞ either; at a tie the first element of the window (row-major) takes the cotangent.");

    public override IReadOnlyList<OpParameter> Parameters =>
        OfWindow.Append(OpParameter.Size(Rank, "dilation", "the distance between the elements of the window", 1)).Append(CeilMode).ToArray();

    protected override Node Pool(OpCall call, Node x, Window window, Shape output) =>
        Combined(call.Builder, Combine.MaxFirst, double.NegativeInfinity, x, window, output);
}
