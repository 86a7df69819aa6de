using System.Linq.Expressions;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using LinqExpression = System.Linq.Expressions.Expression;

namespace ModelGen.Tests.Emit;

/// <summary>The interpreter, compiled: each node becomes a loop nest over arrays of doubles. Fast enough to move every weight of LeNet up and
/// down and look at the loss.</summary>
internal sealed class DoubleEvaluator
{
    private static readonly System.Reflection.MethodInfo Unary = ((Func<UnaryKind, double, double>)ScalarMath.Apply).Method;
    private static readonly System.Reflection.MethodInfo Binary = ((Func<BinaryKind, double, double, double>)ScalarMath.Apply).Method;

    private readonly Graph _graph;
    private readonly int _batch;
    private readonly Action<double[][]>?[] _compute;
    private readonly bool[][] _affected;

    public DoubleEvaluator(Graph graph, int batch)
    {
        (_graph, _batch) = (graph, batch);
        Values = graph.Nodes.Select(n => new double[n.Shape.Length.At(batch)]).ToArray();
        foreach (var node in graph.Nodes.OfType<ReshapeNode>()) Values[node.Id] = Values[node.Source];
        _compute = graph.Nodes.Select(n => n is ComputeNode c ? Compile(c) : null).ToArray();
        // What changes when a leaf does: everything that reads it, directly or not.
        _affected = graph.Nodes.Select(leaf =>
        {
            var affected = new bool[graph.Nodes.Count];
            if (leaf is not LeafNode) return affected;
            affected[leaf.Id] = true;
            foreach (var node in graph.Nodes) affected[node.Id] |= node.Inputs.Any(i => affected[i]);
            return affected;
        }).ToArray();
    }

    public double[][] Values { get; }

    public void EvaluateAll()
    {
        foreach (var compute in _compute) compute?.Invoke(Values);
    }

    /// <summary>Recomputes what depends on a leaf, up to a node.</summary>
    public double After(int leaf, int result)
    {
        for (var id = 0; id <= result; id++)
            if (_affected[leaf][id]) _compute[id]?.Invoke(Values);
        return Values[result][0];
    }

    private Action<double[][]> Compile(ComputeNode node)
    {
        var values = LinqExpression.Parameter(typeof(double[][]));
        var variables = node.Axes.Select((_, j) => LinqExpression.Variable(typeof(int), "v" + j)).ToArray();
        var position = LinqExpression.Variable(typeof(int), "position");
        var sum = LinqExpression.Variable(typeof(double), "sum");
        var element = LinqExpression.Variable(typeof(double), "element");
        var result = LinqExpression.Variable(typeof(double[]), "result");
        var arrays = node.Inputs.ToDictionary(i => i, i => LinqExpression.Variable(typeof(double[]), "a" + i));
        var start = node.Combine == Combine.Sum || node.Combine == Combine.None ? 0 : double.NegativeInfinity;
        LinqExpression body = LinqExpression.Block(
            LinqExpression.Assign(element, Value(node.Body)),
            LinqExpression.Assign(sum, node.Combine is Combine.Max or Combine.MaxFirst ? LinqExpression.Call(typeof(Math), nameof(Math.Max), null, sum, element)
                : LinqExpression.Add(sum, element)));
        for (var j = node.Axes.Count - 1; j >= node.OutputRank; j--) body = Loop(variables[j], node.Axes[j].At(_batch), body);
        body = LinqExpression.Block(LinqExpression.Assign(sum, LinqExpression.Constant(start)), body,
            LinqExpression.Assign(LinqExpression.ArrayAccess(result, position), sum), LinqExpression.PreIncrementAssign(position));
        for (var j = node.OutputRank - 1; j >= 0; j--) body = Loop(variables[j], node.Axes[j].At(_batch), body);
        var all = LinqExpression.Block([position, sum, element, result, .. variables, .. arrays.Values],
            [
                .. arrays.Select(a => LinqExpression.Assign(a.Value, LinqExpression.ArrayIndex(values, LinqExpression.Constant(a.Key)))),
                LinqExpression.Assign(result, LinqExpression.ArrayIndex(values, LinqExpression.Constant(node.Id))),
                LinqExpression.Assign(position, LinqExpression.Constant(0)),
                body,
            ]);
        return LinqExpression.Lambda<Action<double[][]>>(all, values).Compile();

        LinqExpression Value(Expr e) => e switch
        {
            Expr.Const c => LinqExpression.Constant(c.Value),
            Expr.SizeOf s => LinqExpression.Constant((double)s.Axis.At(_batch)),
            Expr.IndexOf i => LinqExpression.Convert(Index(i.Index), typeof(double)),
            Expr.Stop s => Value(s.X),
            Expr.UnaryNode u => LinqExpression.Call(Unary, LinqExpression.Constant(u.Kind), Value(u.X)),
            Expr.BinaryNode { Kind: BinaryKind.Add } b => LinqExpression.Add(Value(b.A), Value(b.B)),
            Expr.BinaryNode { Kind: BinaryKind.Sub } b => LinqExpression.Subtract(Value(b.A), Value(b.B)),
            Expr.BinaryNode { Kind: BinaryKind.Mul } b => LinqExpression.Multiply(Value(b.A), Value(b.B)),
            Expr.BinaryNode b => LinqExpression.Call(Binary, LinqExpression.Constant(b.Kind), Value(b.A), Value(b.B)),
            Expr.SelectNode { Condition: Expr.Compare c } s => LinqExpression.Condition(Compare(c), Value(s.Then), Value(s.Else)),
            Expr.Load l => Read(l),
            _ => throw new NotSupportedException($"{e} is not needed by the networks checked here."),
        };
        LinqExpression Compare(Expr.Compare c) => LinqExpression.MakeBinary(c.Kind switch
        {
            CompareKind.Greater => ExpressionType.GreaterThan,
            CompareKind.GreaterOrEqual => ExpressionType.GreaterThanOrEqual,
            CompareKind.Less => ExpressionType.LessThan,
            CompareKind.LessOrEqual => ExpressionType.LessThanOrEqual,
            _ => ExpressionType.Equal,
        }, Value(c.A), Value(c.B));
        LinqExpression Index(AffineIndex index)
        {
            LinqExpression at = LinqExpression.Constant(index.Offset);
            for (var j = 0; j < index.Rank; j++)
                if (index.Coefficients[j] != 0)
                    at = LinqExpression.Add(at, LinqExpression.Multiply(variables[j], LinqExpression.Constant(index.Coefficients[j])));
            return index is { Divisor: 1, Lookup: null } ? at : throw new NotSupportedException($"{index} is not needed by the networks checked here.");
        }
        LinqExpression Read(Expr.Load load)
        {
            var shape = _graph[load.Node].Shape;
            LinqExpression at = LinqExpression.Constant(0), inside = LinqExpression.Constant(true);
            for (var d = 0; d < shape.Rank; d++)
            {
                var i = Index(load.Index[d]);
                at = LinqExpression.Add(LinqExpression.Multiply(at, LinqExpression.Constant(shape[d].At(_batch))), i);
                if (!load.Index[d].AlwaysInside(node.Axes, shape[d]))
                    inside = LinqExpression.AndAlso(inside,
                        LinqExpression.AndAlso(LinqExpression.GreaterThanOrEqual(i, LinqExpression.Constant(0)),
                            LinqExpression.LessThan(i, LinqExpression.Constant(shape[d].At(_batch)))));
            }
            var element = LinqExpression.ArrayIndex(arrays[load.Node], at);
            return inside is ConstantExpression ? element : LinqExpression.Condition(inside, element, LinqExpression.Constant(load.Fill));
        }
    }

    private static LinqExpression Loop(ParameterExpression variable, int size, LinqExpression body)
    {
        var done = LinqExpression.Label();
        return LinqExpression.Block(
            LinqExpression.Assign(variable, LinqExpression.Constant(0)),
            LinqExpression.Loop(
                LinqExpression.IfThenElse(LinqExpression.LessThan(variable, LinqExpression.Constant(size)),
                    LinqExpression.Block(body, LinqExpression.PreIncrementAssign(variable)),
                    LinqExpression.Break(done)),
                done));
    }
}
