using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Softmax : Op
{
    public override string Name => "Softmax";

    public override string Summary => "Computes e^x / Σ e^x along an axis.";

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new("y = e^x / Σ e^x along an axis", "any → same", "Bridle 1990",
        "The maximum is subtracted first: no overflow. The axis exists; the batch axis counts as 0, negative counts from the last.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Axis("axis", "the axis", -1).Positional(),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        return One(Of(call.Builder, x, call.Axis("axis", x)));
    }

    /// <param name="word">What the result is to the call that it is a part of.</param>
    /// <param name="mayHaveEmptyRows">Whether a row may be -∞ throughout; its result is then 0 throughout, and so are its derivatives.</param>
    internal static Node Of(GraphBuilder b, Node x, int axis, bool mayHaveEmptyRows = false, string word = "")
    {
        var rows = new Rows(b, x, axis);
        var max = rows.Reduce(Combine.Max, p => p.X, Purpose.Statistic("max"));
        // A node of its own, so that the exponential is evaluated once for the sum and the quotient.
        Expr Subtracted(Expr greatest) => mayHaveEmptyRows ? Expr.Where(Expr.Equal(greatest, double.NegativeInfinity), 0, greatest) : greatest;
        var exp = rows.Map(p => Expr.Exp(p.X - Expr.StopGradient(Subtracted(p.Row(max)))), Purpose.Part("exp"));
        var sum = rows.Reduce(Combine.Sum, p => p.Same(exp), Purpose.Statistic("sumexp"));
        // The greatest element of every other row contributes 1.
        if (mayHaveEmptyRows) sum = b.Map(Purpose.Statistic("divisor"), t => Expr.Where(Expr.Equal(t[0], 0), 1, t[0]), sum);
        return rows.Map(p => p.Same(exp) / p.Row(sum), word.Length > 0 ? Purpose.Part(word) : Purpose.Value);
    }
}
