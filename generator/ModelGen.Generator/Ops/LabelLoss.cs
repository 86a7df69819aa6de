using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>What the losses against class indices share: the checks, and the weighted sum over classes and labels.</summary>
internal sealed class LabelLoss
{
    private readonly OpCall _call;
    private readonly GraphBuilder _builder;
    private readonly Node _scores;
    private readonly Node _labels;
    private readonly int _axis;
    private readonly int _classes;
    private readonly double _smoothing;
    private readonly Node? _weight;

    /// <param name="scores">Logits or log-probabilities.</param>
    /// <param name="labels">Integers, of the shape of the scores without the class axis.</param>
    public LabelLoss(OpCall call, Node scores, Node labels, double smoothing = 0)
    {
        (_call, _builder, _scores, _labels, _smoothing) = (call, call.Builder, scores, labels, smoothing);
        if (scores.Shape.Rank < 2) throw call.Fail("MG2010", $"expects scores [N,C], got {scores.Shape}");
        _axis = call.Axis("classAxis", scores);
        if (scores.Shape[_axis].PerSample) throw call.Fail("MG2010", $"cannot take axis {_axis} of {scores.Shape} as the classes: it is the batch axis");
        _classes = scores.Shape[_axis].Factor;
        _scores = scores = _builder.NameAxes(scores, Enumerable.Range(0, scores.Shape.Rank).Select(a => a == _axis ? "c" : "").ToArray());
        Rows = new Rows(_builder, scores, _axis);
        CheckLabels();
        _weight = ClassWeights.Of(call, scores, _axis);
    }

    public Rows Rows { get; }

    /// <summary>The reduced loss of logits, -Σ target·log softmax.</summary>
    public Node OfLogits()
    {
        var (max, logSum) = Rows.LogSum(Role.LossPart);
        return Build(p => p.Below(max), logSum);
    }

    /// <summary>The reduced loss of log-probabilities, -Σ target·x.</summary>
    public Node OfLogProbabilities() => Build(p => p.X, null);

    // Σ target·(logSum - score); without logSum the scores are log-probabilities themselves.
    private Node Build(Func<RowPoint, Expr> score, Node? logSum)
    {
        Node loss;
        if (_smoothing == 0 && _weight is null)
        {
            // The derivative by logSum is the constant 1 in this form: nothing to sum in the backward pass.
            var picked = Rows.Reduce(Combine.Sum, p => Expr.Where(IsLabel(p), score(p), 0), Purpose.LossPart("target"));
            var perLabel = Purpose.LossPart("perLabel");
            loss = logSum is null ? _builder.Map(perLabel, t => -t[0], picked) : _builder.Map(perLabel, t => t[0] - t[1], logSum, picked);
        }
        else
        {
            loss = Rows.Reduce(Combine.Sum, p =>
            {
                var share = _smoothing / _classes;
                var target = Expr.Where(IsLabel(p), 1 - _smoothing + share, share);
                if (_weight is not null) target = p.Along(_weight, _axis) * target;
                return target * (logSum is null ? -score(p) : p.Row(logSum) - score(p));
            }, Purpose.LossPart("perLabel"));
        }
        return Reduce(loss);
    }

    private Expr IsLabel(RowPoint p) => Expr.Equal(p.Position(_axis), p.Row(_labels));

    private Node Reduce(Node loss)
    {
        Expr Kept(AffineIndex[] v, Expr value) => _call.Has("ignoreIndex")
            ? Expr.Where(Expr.Equal(GraphBuilder.Load(_labels, v), _call.Integer("ignoreIndex")), 0, value)
            : value;
        var kind = LossReduction.Of(_call);
        var shape = loss.Shape;
        var none = System.Array.Empty<Axis>();
        if (kind == "none") return _builder.Compute(shape, none, Combine.None, v => Kept(v, GraphBuilder.Load(loss, v)));
        var sum = _builder.Compute(Shape.Scalar, shape.Axes, Combine.Sum, v => Kept(v, GraphBuilder.Load(loss, v)), Purpose.LossPart("sum"));
        if (kind == "sum") return sum;
        if (kind == "batchmean" || _weight is null && !_call.Has("ignoreIndex"))
            return _builder.Map(t => t[0] / GraphBuilder.CountOf(kind == "mean" ? shape.Axes : shape.Axes.Take(1)), sum);
        var weights = _weight is null ? null : Rows.Reduce(Combine.Sum, p => Expr.Where(IsLabel(p), p.Along(_weight, _axis), 0), Purpose.LossPart("weights"));
        var count = _builder.Compute(Shape.Scalar, shape.Axes, Combine.Sum, v => Kept(v, weights is null ? 1 : GraphBuilder.Load(weights, v)),
            Purpose.LossPart("count"));
        // No label that counts: the loss is 0/0, and nothing is to be learned from it.
        return _builder.Map(t => Expr.DifferentiateAs(t[0] / t[1], Expr.Where(Expr.Equal(t[1], 0), 0, t[0] / t[1])), sum, count);
    }

    private void CheckLabels()
    {
        if (_labels.Type.Element != ElementType.I32) throw _call.Fail("MG2010", "expects integer labels; for a target of probabilities use SoftCrossEntropy");
        if (_labels.Shape != Rows.Outer)
        {
            var last = Shape.Of(_scores.Shape.Axes.Take(_scores.Shape.Rank - 1));
            var advice = _axis != _scores.Shape.Rank - 1 && _labels.Shape == last ? "; if the classes are the last axis say classAxis: -1" : "";
            throw _call.Fail("MG2010",
                $"needs one label for each {(_scores.Shape.Rank == 2 ? "sample" : "position")}: scores {_scores.Shape} with classes on axis {_axis} need "
                    + $"labels {Rows.Outer}, got {_labels.Shape}{advice}");
        }
        var declared = (_labels as LeafNode)?.Classes ?? 0;
        if (declared > 0 && declared != _classes)
            throw _call.Fail("MG2010",
                $"needs as many scores as classes: {_scores.Shape} has {_classes} on axis {_axis}, the labels '{_labels.Name}' have {declared} classes");
        if (!_call.Has("ignoreIndex") || _call.Integer("ignoreIndex") is var ignored && ignored >= 0 && ignored < _classes
            || _labels is not LeafNode leaf) return;
        if (leaf.Ignored is { } other
            && other != ignored) throw _call.Fail("MG2010",
            $"ignores {ignored} in the labels '{_labels.Name}', of which another loss ignores {other}; ignore the same in both");
        if (Enumerable.Range(0, _builder.Count).Any(i => _builder[i] is ComputeNode c && Embedding.LooksUp(c, leaf)))
            throw _call.Fail("MG2010",
                $"cannot ignore {ignored} in the labels '{_labels.Name}': they are also the indices of a table, which has no row {ignored}");
        _builder.Ignore(leaf, ignored);
    }
}
