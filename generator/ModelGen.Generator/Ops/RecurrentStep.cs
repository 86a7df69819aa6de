using System;
using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>One time step of a recurrent layer, as its cell sees it.</summary>
internal sealed class RecurrentStep
{
    private readonly Node _inputs;
    private readonly int _time;
    private readonly Node? _product;
    private readonly Node? _stateBias;
    private readonly int _hidden;

    /// <param name="inputs">W_ih·x + b_ih for all steps, [N, T, gates·H].</param>
    /// <param name="product">W_hh·h, [N, gates·H]; null where h is zero.</param>
    /// <param name="states">The states before the step, null where zero.</param>
    public RecurrentStep(OpCall call, Node inputs, int time, Node? product, Node? stateBias, IReadOnlyList<Node?> states, int hidden)
    {
        (Call, _inputs, _time, _product, _stateBias, States, _hidden) = (call, inputs, time, product, stateBias, states, hidden);
    }

    public OpCall Call { get; }

    public IReadOnlyList<Node?> States { get; }

    /// <summary>A value [N, H].</summary>
    public Node Map(Func<RecurrentPoint, Expr> body) => Call.Builder.Compute(Shape.Of(_inputs.Shape[0], _hidden), Array.Empty<Axis>(), Combine.None, v =>
        body(new RecurrentPoint(this, v)));

    /// <summary>(W_ih·x + b_ih) of a gate.</summary>
    internal Expr Input(int gate, AffineIndex[] v) => GraphBuilder.Load(_inputs, v[0], AffineIndex.Constant(2, _time), Row(gate));

    /// <summary>(W_hh·h + b_hh) of a gate.</summary>
    internal Expr State(int gate, AffineIndex[] v)
    {
        Expr product = _product is null ? Expr.Zero : GraphBuilder.Load(_product, v[0], Row(gate));
        return _stateBias is null ? product : product + GraphBuilder.Load(_stateBias, Row(gate));
    }

    private AffineIndex Row(int gate) => AffineIndex.Variable(2, 1, 1, gate * _hidden);
}
