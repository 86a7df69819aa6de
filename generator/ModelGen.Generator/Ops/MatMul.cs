using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class MatMul : Op
{
    public override string Name => "MatMul";

    public override string Summary => "Computes the matrix product over the last two axes, with numpy's rules: f32[…,m,k], f32[…,k,n] → f32[…,m,n].";

    public override OpDoc Doc => new("z[…,i,j] = Σ_k x[…,i,k] · y[…,k,j]", "[…, m, k], […, k, n] → […, m, n]", "matrix product",
        "numpy's rules: leading axes broadcast; an operand of one axis is a row on the left, a column on the right, and loses its axis. "
        + "The inner sizes agree.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x", "the left operand; of one axis it is a row"),
        OpParameter.Tensor("y", "the right operand; of one axis it is a column"),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("y", SampleOperand.Of(Axis.Batch, 4, 5))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node x = call.Tensor("x"), y = call.Tensor("y");
        if (x.Shape.Rank == 0 || y.Shape.Rank == 0) throw call.Fail("MG2002", $"expects two tensors of at least one axis, got {x.Shape} and {y.Shape}");
        bool row = x.Shape.Rank == 1, column = y.Shape.Rank == 1;
        Axis k = x.Shape[x.Shape.Rank - 1].Named("k"), other = y.Shape[column ? 0 : y.Shape.Rank - 2];
        if (k != other) throw call.Fail("MG2001",
            $"needs inner sizes that agree, got {x.Shape} and {y.Shape}: {k} columns on the left, {other} rows on the right");
        var xs = Shape.Of(x.Shape.Axes.Take(System.Math.Max(0, x.Shape.Rank - 2)));
        var ys = Shape.Of(y.Shape.Axes.Take(System.Math.Max(0, y.Shape.Rank - 2)));
        var leading = GraphBuilder.Broadcast(xs, ys) ?? throw call.Fail("MG2001", $"needs leading axes that agree or broadcast, got {x.Shape} and {y.Shape}");
        IEnumerable<Axis> output = leading.Axes;
        if (!row) output = output.Append(x.Shape[x.Shape.Rank - 2].Or("i"));
        if (!column) output = output.Append(y.Shape[y.Shape.Rank - 1].Or("j"));
        var shape = Shape.Of(output);
        if (shape.Axes.Skip(1).Any(a => a.PerSample))
            throw call.Fail("MG2001",
                $"of {x.Shape} and {y.Shape} would be {shape}: the batch axis has to stay first; give the operand of fewer axes a row or column axis "
                    + "with Reshape");
        return One(call.Builder.Compute(shape, new[] { k }, Combine.Sum, v =>
        {
            var inner = v[v.Length - 1];
            IEnumerable<AffineIndex> Leading(Shape own) => Enumerable.Range(0, own.Rank)
                .Select(a => own[a].IsOne ? AffineIndex.Constant(v.Length, 0) : v[leading.Rank - own.Rank + a]);
            var left = row ? new[] { inner } : Leading(xs).Append(v[leading.Rank]).Append(inner);
            var right = column ? new[] { inner } : Leading(ys).Append(inner).Append(v[shape.Rank - 1]);
            return GraphBuilder.Load(x, left.ToArray()) * GraphBuilder.Load(y, right.ToArray());
        }));
    }
}
