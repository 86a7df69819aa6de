using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Tests.Expressions;

/// <summary>Scalar expressions over scalar tensors, and their values in double precision.</summary>
internal static class ExprSample
{
    public static Expr.Load X { get; } = new(0, EquatableArray<AffineIndex>.Empty);

    public static Expr.Load Y { get; } = new(1, EquatableArray<AffineIndex>.Empty);

    public static double Value(Expr e, double x, double y)
    {
        var builder = new GraphBuilder();
        builder.Leaf(LeafKind.Input, new(ElementType.F32, Shape.Scalar), "x");
        builder.Leaf(LeafKind.Input, new(ElementType.F32, Shape.Scalar), "y");
        var node = builder.Compute(Shape.Scalar, [], Combine.None, e);
        return new Interpreter(builder.Build("Sample", [node], null), 1, new Dictionary<int, double[]> { [0] = [x], [1] = [y] })[node.Id][0];
    }
}
