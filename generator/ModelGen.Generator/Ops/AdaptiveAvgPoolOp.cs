using System;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>Average pooling to a given size.</summary>
internal abstract class AdaptiveAvgPoolOp : AdaptivePoolOp
{
    protected AdaptiveAvgPoolOp(int rank) : base(rank)
    {
    }

    public override string Name => $"AdaptiveAvgPool{Rank}d";

    public override string Summary => "Returns the mean of bins that divide the input evenly: bin i covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉).";

    public override OpDoc Doc =>
        new("mean over bin i, which covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉)", "[N, C, L…] → [N, C, outputSize…]", "PyTorch's adaptive pooling");

    protected override Node Pool(GraphBuilder b, Node x, Shape output)
    {
        var sum = Combined(b, Combine.Sum, 0, x, output, Purpose.Product);
        return b.Compute(output, Array.Empty<Axis>(), Combine.None, v => GraphBuilder.Load(sum, v) / Count(x, output, v));
    }
}
