using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>Pooling to a given output size: bin i of an axis covers [⌊i·in / out⌋, ⌈(i + 1)·in / out⌉).</summary>
internal abstract class AdaptivePoolOp : Op
{
    protected AdaptivePoolOp(int rank) => Rank = rank;

    protected int Rank { get; }

    public override string ShortName => "pool";

    public override ClassForm ClassForm => ClassForm.Step;

    public override IReadOnlyList<OpParameter> Parameters => new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Size(Rank, "outputSize", "the size of the output"),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", Spatial.Sample(Rank, 6)), ("outputSize", 3)),
        // Bins of two lengths.
        new OpSample(("x", Spatial.Sample(Rank, 7)), ("outputSize", 3)),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = Spatial.Operand(call, Rank);
        var output = call.Sizes("outputSize", Rank)!;
        if (output.Any(s => s < 1)) throw call.Fail("MG2009", $"needs an outputSize of at least 1, got {Window.Text(output)}");
        return One(Pool(call.Builder, x, Spatial.WithSizes(x, Spatial.Channels(x), output)));
    }

    protected abstract Node Pool(GraphBuilder b, Node x, Shape output);

    /// <summary>The combination of each bin's elements; bins differ in length, and what lies beyond the end of one counts as
    /// <paramref name="outside"/>.</summary>
    protected Node Combined(GraphBuilder b, Combine combine, double outside, Node x, Shape output, Purpose? purpose = null)
    {
        var longest = AxisNames.Window(Enumerable.Range(0, Rank).Select(d => Longest(x.Shape[2 + d].Factor, output[2 + d].Factor)).ToList());
        return b.Compute(output, longest, combine, v =>
        {
            var index = v.Take(2).ToList();
            Expr? inBin = null;
            for (var d = 0; d < Rank; d++)
            {
                int size = x.Shape[2 + d].Factor, bins = output[2 + d].Factor;
                AffineIndex o = v[2 + d], k = v[2 + Rank + d];
                if (size % bins == 0)
                {
                    index.Add(o.Times(size / bins).Plus(k));
                    continue;
                }
                var position = o.Times(size).Plus(k.Times(bins)).DividedBy(bins);
                var end = o.Times(size).Plus(AffineIndex.Constant(v.Length, size + bins - 1)).DividedBy(bins);
                index.Add(position);
                var inside = new Expr.IndexOf(position) < new Expr.IndexOf(end);
                inBin = inBin is null ? inside : new Expr.Both(inBin, inside);
            }
            var load = GraphBuilder.LoadOr(outside, x, index.ToArray());
            return inBin is null ? load : Expr.Where(inBin, load, outside);
        }, purpose);
    }

    /// <summary>The number of elements of the bin at an output position.</summary>
    protected Expr Count(Node x, Shape output, AffineIndex[] v)
    {
        Expr count = 1;
        for (var d = 0; d < Rank; d++)
        {
            int size = x.Shape[2 + d].Factor, bins = output[2 + d].Factor;
            if (size % bins == 0)
            {
                count *= size / bins;
                continue;
            }
            var start = v[2 + d].Times(size).DividedBy(bins);
            var end = v[2 + d].Times(size).Plus(AffineIndex.Constant(v.Length, size + bins - 1)).DividedBy(bins);
            count *= new Expr.IndexOf(end) - new Expr.IndexOf(start);
        }
        return count;
    }

    // A bin of size / bins = whole + rest / bins elements touches one element more than whole, and two where it can begin and end inside of elements:
    // it begins at each multiple of 1 / bins of the reduced fraction, so only a rest of 1 never reaches over both.
    private static int Longest(int size, int bins)
    {
        var rest = size % bins;
        return size / bins + (rest == 0 ? 0 : rest / AffineIndex.GreatestCommonDivisor(rest, bins) == 1 ? 1 : 2);
    }
}
