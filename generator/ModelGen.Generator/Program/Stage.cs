using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Programs;

/// <summary>A part of a kernel, done for each point of the outer iteration. Expressions are over the outer variables, then the stage's inner
/// ones; <c>Load.Node</c> is the number of a kernel argument; <c>Local</c>s are values of earlier stages at the same outer point.</summary>
internal abstract record Stage(EquatableArray<Axis> Inner)
{
    public abstract Expr Expression { get; }
}

/// <summary>Local := combine over the inner axes of the body.</summary>
internal sealed record ReduceStage(int Local, EquatableArray<Axis> Inner, Combine Combine, Expr Body) : Stage(Inner)
{
    public override Expr Expression => Body;
}

/// <summary>Local := value, a number for each outer point.</summary>
internal sealed record LetStage(int Local, Expr Value) : Stage(EquatableArray<Axis>.Empty)
{
    public override Expr Expression => Value;
}

/// <summary>argument[index] := value, for each inner point.</summary>
internal sealed record StoreStage(EquatableArray<Axis> Inner, Expr Value, int Argument, EquatableArray<AffineIndex> Index) : Stage(Inner)
{
    public override Expr Expression => Value;
}
