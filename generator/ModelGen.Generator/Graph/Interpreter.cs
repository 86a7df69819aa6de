using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using static ModelGen.Generator.Expressions.Expr;

namespace ModelGen.Generator.Graphs;

/// <summary>Evaluates a graph element by element in double precision: slow, and the reference for everything that is emitted.</summary>
internal sealed class Interpreter
{
    private readonly Graph _graph;
    private readonly int _batch;
    private readonly uint _seed;
    private readonly Func<uint, uint, double> _random;
    private readonly Func<double, double, double>? _round;
    private readonly double[]?[] _values;
    private readonly Recurrences _recurrences;

    /// <param name="batch">N.</param>
    /// <param name="leaves">Values of inputs, labels, parameters and buffers by node number, row-major; constants are known.</param>
    /// <param name="random">(counter, key) → uniform number, as the runtime draws it.</param>
    /// <param name="round">(result of an operation, sum of the magnitudes that were added up) → what a computer of fewer digits has; null for double
    /// precision.</param>
    public Interpreter(
        Graph graph, int batch, IReadOnlyDictionary<int, double[]> leaves, uint seed = 0, Func<uint, uint, double>? random = null,
        Func<double, double, double>? round = null)
    {
        (_graph, _batch, _seed, _round) = (graph, batch, seed, round);
        _random = random ?? ((_, _) => throw new InvalidOperationException("The graph draws random numbers and no generator was given."));
        _values = new double[]?[graph.Nodes.Count];
        _recurrences = Recurrences.Of(graph);
        foreach (var leaf in leaves)
        {
            var expected = graph[leaf.Key].Shape.Length.At(batch);
            if (leaf.Value.Length != expected) throw new ArgumentException($"{graph[leaf.Key].Name} has {expected} elements, got {leaf.Value.Length}.",
                nameof(leaves));
            _values[leaf.Key] = leaf.Value;
        }
    }

    /// <summary>The elements of a node, computed on first use.</summary>
    public double[] this[int node]
    {
        get
        {
            if (_values[node] is { } known) return known;
            if (_recurrences[node] is var recurrence and >= 0) return Run(_recurrences.All[recurrence], node);
            foreach (var input in _graph[node].Inputs.Where(i => i != node)) _ = this[input];
            return _values[node] = _graph[node] switch
            {
                ReshapeNode r => this[r.Source],
                PreviousNode p => Shifted(p),
                JoinNode j => Joined(j),
                ComputeNode c => Evaluate(c),
                LeafNode { Kind: LeafKind.Constant } k => k.Data.ToArray(),
                var leaf => throw new InvalidOperationException($"No value was given for {leaf.Name}."),
            };
        }
    }

    // Each round settles one more step; what later ones computed from unsettled states does not last.
    private double[] Run(Recurrence recurrence, int node)
    {
        foreach (var input in recurrence.Members.SelectMany(m => _graph[m].Inputs).Where(i => !recurrence.Members.Contains(i)).Distinct()) _ = this[input];
        foreach (var member in recurrence.Members) _values[member] = new double[_graph[member].Shape.Length.At(_batch)];
        for (var step = 0; step < recurrence.Steps; step++)
            foreach (var member in recurrence.Members) _values[member] = _graph[member] switch
            {
                PreviousNode p => Shifted(p),
                JoinNode j => Joined(j),
                var c => Evaluate((ComputeNode)c),
            };
        return _values[node]!;
    }

    private double[] Joined(JoinNode node)
    {
        var result = new double[node.Shape.Length.At(_batch)];
        int row = node.Shape.Stride(node.Axis), whole = row * node.Shape[node.Axis].Factor, start = 0;
        foreach (var part in node.Parts)
        {
            var length = row * _graph[part].Shape[node.Axis].Factor;
            for (var i = 0; i < result.Length / whole; i++) Array.Copy(_values[part]!, i * length, result, i * whole + start, length);
            start += length;
        }
        return result;
    }

    private double[] Shifted(PreviousNode node)
    {
        int steps = node.Steps, row = node.Shape.Stride(node.Axis), move = node.FromEnd ? 1 : -1;
        var (source, initial) = (_values[node.Source]!, node.Initial < 0 ? null : _values[node.Initial]);
        var result = new double[source.Length];
        for (var i = 0; i < result.Length; i++)
        {
            int step = i / row % steps, before = i / row / steps;
            result[i] = step != node.First ? source[i + move * row] : initial is null ? 0 : initial[before * row + i % row];
        }
        return result;
    }

    private double[] Evaluate(ComputeNode node)
    {
        var axes = node.Axes.Select(a => a.At(_batch)).ToArray();
        var outer = node.OutputRank;
        var result = new double[axes.Take(outer).Aggregate(1, (p, a) => p * a)];
        var inner = axes.Skip(outer).Aggregate(1, (p, a) => p * a);
        var v = new int[axes.Length];
        var body = Number(node.Body);
        var monoid = Monoid.Of(node.Combine);
        for (var o = 0; o < result.Length; o++)
        {
            double sum = monoid.Identity, best = 0, magnitude = 0;
            for (var r = 0; r < inner; r++)
            {
                var value = body(v);
                if (!monoid.KeepsPosition) sum = monoid.Take(sum, value);
                else if (r == 0 || value > sum) (sum, best) = (value, r);
                magnitude += Math.Abs(value);
                Advance(v, axes);
            }
            if (_round is not null && node.Combine == Combine.Sum) sum = _round(sum, magnitude);
            result[o] = monoid.KeepsPosition ? best : sum;
        }
        return result;
    }

    private static void Advance(int[] v, int[] axes)
    {
        for (var j = v.Length - 1; j >= 0; j--)
        {
            if (++v[j] < axes[j]) return;
            v[j] = 0;
        }
    }

    // An expression as a function of the variables: what does not change from point to point is looked up once.
    private Func<int[], double> Number(Expr e)
    {
        switch (e)
        {
            case Const c:
                var constant = _round is null || (float)c.Value == c.Value ? c.Value : _round(c.Value, Math.Abs(c.Value));
                return _ => constant;
            case SizeOf s: return _ => s.Axis.At(_batch);
            case IndexOf i:
                var index = At(i.Index);
                return v => index(v) ?? throw new InvalidOperationException("A position does not exist.");
            case Expr.Random r:
                var counter = At(r.Counter);
                return v => _random((uint)(counter(v) ?? 0), unchecked(_seed * 0x9E3779B1u + (uint)r.Stream));
            case Load l:
                var (position, values) = (Position(l), _values[l.Node]!);
                return v => position(v) is var p and >= 0 ? values[p] : l.Fill;
            case Stop s: return Number(s.X);
            case Surrogate s: return Number(s.Value);
            case UnaryNode u:
                var x = Number(u.X);
                if (_round is null || u.Kind is UnaryKind.Neg or UnaryKind.Abs or UnaryKind.Sign or UnaryKind.Floor) return v => ScalarMath.Apply(u.Kind, x(v));
                return v => Rounded(ScalarMath.Apply(u.Kind, x(v)));
            case BinaryNode b:
                var (left, right) = (Number(b.A), Number(b.B));
                if (_round is not null && b.Kind is not (BinaryKind.Max or BinaryKind.Min)) return v => Rounded(ScalarMath.Apply(b.Kind, left(v), right(v)));
                return b.Kind switch
                {
                    BinaryKind.Add => v => left(v) + right(v),
                    BinaryKind.Mul => v => left(v) * right(v),
                    var kind => v => ScalarMath.Apply(kind, left(v), right(v)),
                };
            case SelectNode s:
                var (condition, then, otherwise) = (Truth(s.Condition), Number(s.Then), Number(s.Else));
                return v => condition(v) ? then(v) : otherwise(v);
            default: throw new InvalidOperationException("Not a number: " + e);
        }
    }

    private double Rounded(double value) => _round!(value, Math.Abs(value));

    private Func<int[], bool> Truth(Expr e)
    {
        switch (e)
        {
            case Compare c:
                var (x, y) = (Number(c.A), Number(c.B));
                return v => ScalarMath.Holds(c.Kind, x(v), y(v));
            case Both b:
                var (first, second) = (Truth(b.A), Truth(b.B));
                return v => first(v) && second(v);
            case Valid l:
                var position = Position(l.Of);
                return v => position(v) >= 0;
            default: throw new InvalidOperationException("Not a truth value: " + e);
        }
    }

    // Row-major; -1 outside.
    private Func<int[], long> Position(Load load)
    {
        var shape = _graph[load.Node].Shape;
        var sizes = shape.Axes.Select(a => a.At(_batch)).ToArray();
        var indices = load.Index.Select(At).ToArray();
        return v =>
        {
            long position = 0;
            for (var d = 0; d < sizes.Length; d++)
            {
                if (indices[d](v) is not { } i || i < 0 || i >= sizes[d]) return -1;
                position = position * sizes[d] + i;
            }
            return position;
        };
    }

    private Func<int[], long?> At(AffineIndex index)
    {
        if (index.Lookup is not null)
        {
            var found = Number(index.Lookup);
            return v => index.At(v) is { } affine ? affine + (long)found(v) : null;
        }
        if (index.Divisor != 1) return v => index.At(v);
        var terms = Enumerable.Range(0, index.Rank).Where(j => index.Coefficients[j] != 0).ToArray();
        var coefficients = terms.Select(j => (long)index.Coefficients[j]).ToArray();
        long offset = index.Offset;
        if (terms.Length == 1 && coefficients[0] == 1 && offset == 0)
        {
            var variable = terms[0];
            return v => v[variable];
        }
        return v =>
        {
            var position = offset;
            for (var t = 0; t < terms.Length; t++) position += coefficients[t] * v[terms[t]];
            return position;
        };
    }
}
