using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>The operand [N, C, spatial…] of ops over one, two or three spatial axes.</summary>
internal static class Spatial
{
    private static readonly string[] s_expected = { "", "a sequence [N,C,L]", "an image [N,C,H,W]", "a volume [N,C,D,H,W]" };

    private static readonly string[] s_axes = { "", "L", "H,W", "D,H,W" };

    private static readonly string[] s_windows = { "", "the window", "the height and width of the window", "the depth, height and width of the window" };

    /// <summary>The spatial axes as documentation names them: <c>H,W</c>, or <c>KH,KW</c> with a prefix; of a sequence the prefix alone.</summary>
    public static string Axes(int rank, string prefix = "", string suffix = "") => rank == 1 && prefix.Length > 0 ? prefix
        : string.Join(",", s_axes[rank].Split(',').Select(axis => prefix + axis + suffix));

    /// <summary>The type of a tensor over spatial axes as documentation writes it: <c>f32[N,C,H,W]</c>.</summary>
    public static string Type(int rank, string channels = "C", string suffix = "") => $"f32[N,{channels},{Axes(rank, suffix: suffix)}]";

    /// <summary>What the size of a window is, for documentation.</summary>
    public static string Window(int rank) => s_windows[rank];

    /// <summary>A small operand of two channels.</summary>
    public static SampleOperand Sample(int rank, int size) =>
        SampleOperand.Of(new Expressions.Axis[] { Expressions.Axis.Batch, 2 }.Concat(Enumerable.Repeat((Expressions.Axis)size, rank)).ToArray());

    /// <summary>The operand "x" with <paramref name="rank"/> spatial axes.</summary>
    /// <exception cref="OpException">MG2002.</exception>
    public static Node Operand(OpCall call, int rank)
    {
        var x = call.TensorOfRank("x", rank + 2, s_expected[rank], call.Tensor("x").Shape.Rank == rank + 1 ? "; the channel axis is missing (Reshape adds it)"
            : "");
        if (x.Shape.Axes.Skip(1).Any(a => a.PerSample)) throw call.Fail("MG2002", $"expects {s_expected[rank]} with the batch on axis 0, got {x.Shape}");
        return call.Builder.NameAxes(x, new[] { "n", "c" }.Concat(AxisNames.Positions(rank)).ToArray());
    }

    /// <summary>The sizes of the kernel of a weight [·, ·, kernel…] that is given in place of a layer's own; null where none is.</summary>
    /// <exception cref="OpException">MG2002: it has another rank.</exception>
    public static int[]? KernelOfWeight(OpCall call, int rank) => call.WeightOfRank(rank + 2)?.Shape.Axes.Skip(2).Select(a => a.Factor).ToArray();

    /// <summary>The sizes of the spatial axes.</summary>
    public static int[] Sizes(Node x) => x.Shape.Axes.Skip(2).Select(a => a.Factor).ToArray();

    /// <summary>[N, C] of x followed by other spatial sizes.</summary>
    public static Shape WithSizes(Node x, Axis channels, int[] sizes) => Shape.Of(new[] { x.Shape[0], channels }.Concat(AxisNames.Spatial(sizes)));

    /// <summary>The channels of x by the name of input channels, whatever the layer before calls them.</summary>
    public static Axis Channels(Node x) => new("c", x.Shape[1].Factor);
}
