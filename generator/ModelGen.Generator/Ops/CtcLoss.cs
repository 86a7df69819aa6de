using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class CtcLoss : Op
{
    // Stands for the logarithm of 0: sums of it stay finite, and so do their derivatives.
    private const double Never = -1e30;

    public override string Name => "CtcLoss";

    public override string Summary =>
        "Computes the negative log-likelihood of label sequences over all alignments with a longer sequence of log-probabilities, blanks between them "
            + "left out.";

    public override string ShortName => "loss";

    public override OpDoc Doc => new("-log Σ over alignments of Π_t p[t, path_t]", "x [N, T, C], targets [N, S] → []", "Graves et al. 2006, eqs. 6 to 8",
        "x are log-probabilities, batch first. The mean divides each sample's loss by the length of its targets, as PyTorch's. A sample whose targets "
            + "need more steps than it has "
        + "counts as 1e30, or as 0 with zeroInfinity.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x", "the log-probabilities, f32[N,T,C]"),
        OpParameter.Labels("targets", "the labels, i32[N,S]; those beyond targetLengths do not count"),
        OpParameter.OptionalLabels("inputLengths", "how many steps of x count, i32[N]; all where null"),
        OpParameter.OptionalLabels("targetLengths", "how many targets count, i32[N]; all where null"),
        OpParameter.Integer("blank", "the class of the blank", 0),
        OpParameter.Boolean("zeroInfinity", "whether a sample without an alignment counts as 0", false),
        LossReduction.Parameter("; the mean divides each loss by the number of its targets"),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 5, 4).Within(-3, -0.2)), ("targets", SampleOperand.Labels(4, Axis.Batch, 2))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.TensorOfRank("x", 3, "log-probabilities [N,T,C]");
        var targets = call.Tensor("targets");
        int time = x.Shape[1].Factor, classes = x.Shape[2].Factor, blank = call.Integer("blank");
        if (targets.Type.Element != ElementType.I32 || targets.Shape.Rank != 2) throw call.Fail("MG2010", $"expects label sequences [N,S], got {targets.Type}");
        if (blank < 0 || blank >= classes) throw call.Fail("MG2009", $"needs a blank in [0, {classes - 1}], got {blank}");
        Embedding.RequireClasses(call, targets, classes);
        foreach (var name in new[] { "inputLengths", "targetLengths" })
            if (call.Has(name) && (call.Tensor(name).Type.Element != ElementType.I32 || call.Tensor(name).Shape != Shape.Of(x.Shape[0])))
                throw call.Fail("MG2010", $"needs {name} for each sample, i32[{x.Shape[0]}], got {call.Tensor(name).Type}");
        var b = call.Builder;
        var size = targets.Shape[1].Factor;
        Axis batch = x.Shape[0], steps = x.Shape[1].Or("t"), states = new("s", 2 * size + 1);

        // State s is the label (s - 1) / 2 where s is odd, the blank where it is even.
        var ofLabels = b.Compute(Shape.Of(batch, steps, targets.Shape[1]), Array.Empty<Axis>(), Combine.None, v =>
            GraphBuilder.Load(x, v[0], v[1], AffineIndex.Constant(3, 0) with { Lookup = GraphBuilder.Load(targets, v[0], v[2]) }),
                Purpose.LossPart("ofLabels"));
        Expr IsLabel(AffineIndex s) => Expr.Equal(new Expr.IndexOf(s), 2 * new Expr.IndexOf(s.DividedBy(2)) + 1);
        var emitted = b.Compute(Shape.Of(batch, steps, states), Array.Empty<Axis>(), Combine.None, v =>
            Expr.Where(IsLabel(v[2]), GraphBuilder.Load(ofLabels, v[0], v[1], v[2].DividedBy(2)),
                GraphBuilder.Load(x, v[0], v[1], AffineIndex.Constant(3, blank))),
            Purpose.LossPart("emitted"));
        // Two labels may follow each other without a blank where they differ.
        var skips = b.Compute(Shape.Of(batch, states), Array.Empty<Axis>(), Combine.None, v =>
        {
            var label = GraphBuilder.Load(targets, v[0], v[1].DividedBy(2));
            var before = GraphBuilder.LoadOr(-1, targets, v[0], (v[1].Plus(AffineIndex.Constant(2, -2))).DividedBy(2));
            return Expr.Where(IsLabel(v[1]), Expr.Where(new Expr.IndexOf(v[1]) > 1, Expr.Where(Expr.Equal(label, before), 0, 1), 0), 0);
        }, Purpose.LossPart("skips"));

        var start = b.Compute(Shape.Of(batch, states), Array.Empty<Axis>(), Combine.None, v =>
            Expr.Where(Expr.Equal(new Expr.IndexOf(v[1]), 0), 0, Never), Purpose.LossPart("start"));
        var isOne = time == 1;
        var shape = emitted.Shape;
        Node before = isOne ? b.Reshape(start, shape) : b.Previous(shape, 1, fromEnd: false, start, Purpose.State("before"));
        var after = b.Compute(shape, Array.Empty<Axis>(), Combine.None, v =>
        {
            Expr Back(int by) => by == 0 ? GraphBuilder.Load(before, v)
                : GraphBuilder.LoadOr(Never, before, v[0], v[1], v[2].Plus(AffineIndex.Constant(3, -by)));
            Expr stay = Back(0), next = Back(1), skip = Expr.Where(Expr.Equal(GraphBuilder.Load(skips, v[0], v[2]), 0), Never, Back(2));
            return Total(stay, next, skip) + GraphBuilder.Load(emitted, v);
        }, Purpose.State("after"));
        if (before is PreviousNode previous) b.Close(previous, after);

        // The two last states of the targets that count, at the last step that counts.
        Expr Length(string name, AffineIndex n, int all) => call.Has(name) ? GraphBuilder.Load(call.Tensor(name), n) : (Expr)all;
        Node Last(int back, string word) => b.Compute(Shape.Of(batch), new[] { steps, states }, Combine.Sum, v =>
        {
            var isStep = Expr.Equal(new Expr.IndexOf(v[1]), Length("inputLengths", v[0], time) - 1);
            var isState = Expr.Equal(new Expr.IndexOf(v[2]), 2 * Length("targetLengths", v[0], size) - back);
            return Expr.Where(new Expr.Both(isStep, isState), GraphBuilder.Load(after, v), 0);
        }, Purpose.LossPart(word));
        Node blankAtEnd = Last(0, "blankAtEnd"), labelAtEnd = Last(1, "labelAtEnd");
        var losses = b.Compute(Shape.Of(batch), Array.Empty<Axis>(), Combine.None, v =>
        {
            // Without targets there is no label before the last blank.
            Expr end = GraphBuilder.Load(blankAtEnd, v), label = Expr.Where(Length("targetLengths", v[0], size) > 0, GraphBuilder.Load(labelAtEnd, v), Never);
            var loss = -Total(end, label, Never);
            return call.Boolean("zeroInfinity") ? Expr.Where(loss < -Never / 2, loss, 0) : loss;
        }, Purpose.LossPart("perSample"));
        if (LossReduction.Of(call) != "mean") return One(LossReduction.Apply(call, losses.Shape, v => GraphBuilder.Load(losses, v)));
        return One(LossReduction.Apply(call, losses.Shape, v => GraphBuilder.Load(losses, v) / Expr.Max(Length("targetLengths", v[0], size), 1)));
    }

    // log(e^a + e^b + e^c); the greatest is subtracted first.
    private static Expr Total(Expr a, Expr b, Expr c)
    {
        var greatest = Expr.StopGradient(Expr.Max(Expr.Max(a, b), c));
        return greatest + Expr.Log(Expr.Exp(a - greatest) + Expr.Exp(b - greatest) + Expr.Exp(c - greatest));
    }
}
