using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>Max pooling over <c>rank</c> spatial axes.</summary>
internal abstract class MaxPoolOp : PoolOp
{
    protected MaxPoolOp(int rank) : base(rank)
    {
    }

    public override string Name => $"MaxPool{Rank}d";

    public override OpDoc Doc => new("y[n,c,s] = max_k x[n,c,s·stride - padding + k]", "[N, C, L…] → [N, C, (L + 2·padding - kernel) / stride + 1, …]",
        "max pooling", "pool_c1: padding is at most half the kernel. Padding never wins; at a tie the first element of the window (row-major) takes the cotangent.");

    protected override Node Pool(OpCall call, Node x, Window window, Shape output) =>
        Combined(call.Builder, Combine.MaxFirst, double.NegativeInfinity, x, window, output);
}
