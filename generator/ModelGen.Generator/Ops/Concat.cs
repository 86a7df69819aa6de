using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Concat : Op
{
    private const int TermsInARow = 16;

    public override string Name => "Concat";

    public override string Summary => "Concatenates tensors along an axis.";

    public override OpDoc Doc => new("the operands one after the other along an axis", "[…, A, …], […, B, …] → […, A + B, …]", "numpy.concatenate",
        "All other axes agree. The axis is not the batch axis.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Axis("axis", "the axis"),
        OpParameter.Tensors("xs", "the tensors; all other axes agree"),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("axis", 1), ("xs", new[] { SampleOperand.Of(Axis.Batch, 3), SampleOperand.Of(Axis.Batch, 4) })),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var xs = call.Tensors("xs");
        if (xs.Count == 0) throw call.Fail("MG2009", "needs at least one tensor");
        var axis = call.Axis("axis", xs[0]);
        foreach (var x in xs)
        {
            var fits = x.Shape.Rank == xs[0].Shape.Rank && Enumerable.Range(0, x.Shape.Rank).All(a => a == axis || x.Shape[a] == xs[0].Shape[a]);
            if (!fits) throw call.Fail("MG2008",
                $"along axis {axis} needs all other sizes to agree, got {string.Join(" and ", xs.Select(t => t.Shape.ToString()))}");
            if (x.Shape[axis].PerSample) throw call.Fail("MG2007", $"cannot join along axis {axis}: it is the batch axis, {x.Shape}");
        }
        call.Size(xs.Sum(x => (long)x.Shape[axis].Factor), $"an axis {axis} of {string.Join(" + ", xs.Select(x => x.Shape[axis]))}");
        return One(Of(call.Builder, xs, axis));
    }

    // A sum of guarded reads, of which one is inside at each point: its derivative is a plain slice of the cotangent.
    internal static Node Of(GraphBuilder b, IReadOnlyList<Node> xs, int axis)
    {
        if (xs.Count == 1) return xs[0];
        var output = Shape.Of(xs[0].Shape.Axes.With(axis, xs[0].Shape[axis].WithSize(xs.Sum(x => x.Shape[axis].Factor))));
        return b.Compute(output, Array.Empty<Axis>(), Combine.None, v =>
        {
            var start = 0;
            var reads = new List<Expr>();
            foreach (var x in xs)
            {
                var index = v.ToArray();
                index[axis] = AffineIndex.Variable(v.Length, axis, 1, -start);
                reads.Add(GraphBuilder.Load(x, index));
                start += x.Shape[axis].Factor;
            }
            return Sum(reads, 0, reads.Count);
        });
    }

    // Many terms in halves, so that no formula is nested as deeply as it has terms.
    private static Expr Sum(IReadOnlyList<Expr> terms, int from, int to)
    {
        if (to - from <= TermsInARow) return terms.Skip(from).Take(to - from).Aggregate((Expr)0, (sum, term) => sum + term);
        var middle = (from + to) / 2;
        return Sum(terms, from, middle) + Sum(terms, middle, to);
    }
}
