using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>One hidden unit of one sample at one step, inside the formula of a cell.</summary>
internal sealed class RecurrentPoint
{
    private readonly RecurrentStep _step;
    private readonly AffineIndex[] _index;

    public RecurrentPoint(RecurrentStep step, AffineIndex[] index) => (_step, _index) = (step, index);

    /// <summary>(W_ih·x + b_ih) of a gate.</summary>
    public Expr Input(int gate) => _step.Input(gate, _index);

    /// <summary>(W_hh·h + b_hh) of a gate.</summary>
    public Expr State(int gate) => _step.State(gate, _index);

    /// <summary>The two together.</summary>
    public Expr Sum(int gate) => _step.Sum(gate, _index);

    /// <summary>A value [N, T, H].</summary>
    public Expr this[Node value] => GraphBuilder.Load(value, _index);
}
