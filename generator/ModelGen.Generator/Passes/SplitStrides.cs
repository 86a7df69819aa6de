using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Graphs.Rewriting;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Takes apart the positions of a contraction that skips: where only every s-th pair of position and window counts (the data gradient
/// of a strided convolution, a transposed convolution), the positions are counted as s·y + a and the window as s·i + a, and only the pairs
/// that count are left.</summary>
/// <remarks>From <c>(p - k + o) / s</c>, exact, with <c>p + o mod s = s·y + a</c> and <c>k = s·i + a</c>, follows <c>y - i + o / s</c>. Without this the
/// operand
/// would be spread out with zeros between its values, and s² of s² products but one be products with zero.</remarks>
internal static class SplitStrides
{
    public static Graph Apply(Graph graph)
    {
        var rewriter = new Rewriter(graph);
        return rewriter.Run((_, moved) => moved is ComputeNode c && Contraction.Matches(c)
            && Skips(c) is { Count: > 0 } skips ? rewriter.Nodes[Split(rewriter, c, skips)] : moved);
    }

    /// <summary>A position and a window that are divided together.</summary>
    private readonly record struct Skip(int Position, int Window, int Stride, int Offset);

    private static List<Skip> Skips(ComputeNode node)
    {
        var found = new List<Skip>();
        // A pair that does not count is left out of the sum: it has to be zero.
        if (node.Body.Loads().Any(l => l.Fill != 0)) return found;
        var indices = node.Body.Loads().SelectMany(l => l.Index).ToList();
        foreach (var index in indices.Where(i => i.Divisor > 1 && !i.Floor && i.Lookup is null))
        {
            var variables = Enumerable.Range(0, index.Rank).Where(j => index.Coefficients[j] != 0).ToList();
            var position = variables.FindIndex(j => j < node.OutputRank && index.Coefficients[j] == 1);
            var window = variables.FindIndex(j => j >= node.OutputRank && index.Coefficients[j] == -1);
            if (variables.Count != 2 || position < 0 || window < 0 || node.Axes[variables[position]].PerSample) return new();
            var skip = new Skip(variables[position], variables[window], index.Divisor, index.Offset);
            // The position is read nowhere else, and the window only as it is.
            if (indices.Any(i => !ReferenceEquals(i, index)
                && (i.DependsOn(skip.Position) || i.DependsOn(skip.Window) && i.AsVariable() != skip.Window))) return new();
            found.Add(skip);
        }
        return found;
    }

    private static int Split(Rewriter rewriter, ComputeNode node, List<Skip> skips)
    {
        // The new axes: for each position two, one behind the other.
        var axes = new List<Axis>();
        var reduced = node.Reduced.ToArray();
        var place = new int[node.OutputRank];
        var whole = new List<Axis>();
        for (var j = 0; j < node.OutputRank; j++)
        {
            place[j] = axes.Count;
            var at = skips.FindIndex(s => s.Position == j);
            if (at < 0)
            {
                axes.Add(node.Shape[j]);
                whole.Add(node.Shape[j]);
                continue;
            }
            var stride = skips[at].Stride;
            var count = (node.Shape[j].Factor + Shift(skips[at]) + stride - 1) / stride;
            axes.Add(node.Shape[j].WithSize(count));
            axes.Add(new("p" + node.Shape[j].Name, stride));
            whole.Add(node.Shape[j].WithSize(count * stride));
        }
        foreach (var skip in skips)
        {
            var r = skip.Window - node.OutputRank;
            reduced[r] = reduced[r].WithSize((reduced[r].Factor + skip.Stride - 1) / skip.Stride);
        }

        var rank = axes.Count + reduced.Length;
        AffineIndex Phased(int variable, int stride, int phase, int sign, int offset) =>
            AffineIndex.Variable(rank, variable, stride).Plus(AffineIndex.Variable(rank, phase, sign, offset));
        var variables = new AffineIndex[node.Axes.Count];
        for (var j = 0; j < variables.Length; j++)
            variables[j] = j < node.OutputRank ? AffineIndex.Variable(rank, place[j]) : AffineIndex.Variable(rank, axes.Count + j - node.OutputRank);
        foreach (var skip in skips)
        {
            var (phase, window) = (place[skip.Position] + 1, axes.Count + skip.Window - node.OutputRank);
            variables[skip.Position] = Phased(place[skip.Position], skip.Stride, phase, 1, -Shift(skip));
            variables[skip.Window] = IsOdd(skip) ? Phased(window, skip.Stride, phase, -1, 1) : Phased(window, skip.Stride, phase, 1, 0);
        }
        var parts = rewriter.Add((node with
        {
            Type = node.Type with { Shape = Shape.Of(axes) },
            Reduced = reduced.ToEquatableArray(),
            Body = Substitution.Apply(node.Body, variables, rank)!,
        }).As(Purpose.Piece(node, "phases")));
        var purpose = Purpose.Piece(node, "joined");
        var joined = rewriter.Add(new ReshapeNode(0, node.Type with { Shape = Shape.Of(whole) }, purpose.Name, node.Origin, parts)
        {
            Purpose = purpose,
            Differentiates = node.Differentiates,
        });
        var position = Enumerable.Range(0, node.OutputRank)
            .Select(j => AffineIndex.Variable(node.OutputRank, j, 1, skips.Where(s => s.Position == j).Select(Shift).FirstOrDefault()));
        return rewriter.Add(node with
        {
            Combine = Combine.None,
            Reduced = EquatableArray<Axis>.Empty,
            Body = new Expr.Load(joined, position.ToEquatableArray())
        });
    }

    // An odd offset and a stride of 2: even positions meet odd places of the window, and no position is lost at the start.
    private static bool IsOdd(Skip skip) => skip.Stride == 2 && skip.Offset % 2 != 0;

    // What the first position lacks to a multiple of the stride.
    private static int Shift(Skip skip) => IsOdd(skip) ? 0 : (skip.Offset % skip.Stride + skip.Stride) % skip.Stride;
}
