using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>Max pooling to a given size.</summary>
internal abstract class AdaptiveMaxPoolOp : AdaptivePoolOp
{
    protected AdaptiveMaxPoolOp(int rank) : base(rank)
    {
    }

    public override string Name => $"AdaptiveMaxPool{Rank}d";

    public override string Summary => "Returns the maximum of bins that divide the input evenly: bin i covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉).";

    public override OpDoc Doc =>
        new("max over bin i, which covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉)", "[N, C, L…] → [N, C, outputSize…]", "PyTorch's adaptive pooling",
        "At a tie the first element of the bin (row-major) takes the cotangent.");

    protected override Node Pool(GraphBuilder b, Node x, Shape output) => Combined(b, Combine.MaxFirst, double.NegativeInfinity, x, output);
}
