using System;
using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>The steps of a recurrent layer, as its cell sees them.</summary>
internal sealed class RecurrentStep
{
    private readonly Node _inputs;
    private readonly Node _products;
    private readonly int _hidden;
    private Node? _sums;

    /// <param name="inputs">W_ih·x + b_ih, [N, T, gates·H].</param>
    /// <param name="products">W_hh·h + b_hh, [N, T, gates·H].</param>
    /// <param name="states">The states before each step, [N, T, H].</param>
    public RecurrentStep(OpCall call, Node inputs, Node products, IReadOnlyList<Node> states, int hidden)
    {
        (Call, _inputs, _products, States, _hidden) = (call, inputs, products, states, hidden);
    }

    public OpCall Call { get; }

    public IReadOnlyList<Node> States { get; }

    /// <summary>A value [N, T, H].</summary>
    /// <param name="name">What it is to the cell.</param>
    public Node Map(string name, Func<RecurrentPoint, Expr> body) =>
        Call.Builder.Compute(Shape.Of(_inputs.Shape[0], _inputs.Shape[1], new Axis("u", _hidden)), Array.Empty<Axis>(), Combine.None, v =>
        body(new RecurrentPoint(this, v)), Purpose.State(name));

    internal Expr Input(int gate, AffineIndex[] v) => Row(_inputs, gate, v);

    internal Expr State(int gate, AffineIndex[] v) => Row(_products, gate, v);

    // One node for all gates: so is its gradient, which is an operand of four products.
    internal Expr Sum(int gate, AffineIndex[] v) => Row(_sums ??= Call.Builder.Map(Purpose.Part("gates"), t => t[0] + t[1], _products, _inputs), gate, v);

    private Expr Row(Node values, int gate, AffineIndex[] v) => GraphBuilder.Load(values, v[0], v[1], AffineIndex.Variable(3, 2, 1, gate * _hidden));
}
