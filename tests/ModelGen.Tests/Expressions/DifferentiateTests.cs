using ModelGen.Generator.Expressions;
using static ModelGen.Generator.Expressions.Expr;

namespace ModelGen.Tests.Expressions;

/// <summary>Each rule of calculus against central differences, and the conventions at kinks.</summary>
public class DifferentiateTests
{
    private static readonly Expr X = ExprSample.X, Y = ExprSample.Y;

    private static readonly Dictionary<string, Expr> s_smooth = new()
    {
        ["neg"] = -X,
        ["exp"] = Exp(X),
        ["expm1"] = ExpM1(X),
        ["log"] = Log(X),
        ["log1p"] = Log1P(X),
        ["sqrt"] = Sqrt(X),
        ["tanh"] = Tanh(X),
        ["sigmoid"] = Sigmoid(X),
        ["erf"] = Erf(X),
        ["abs"] = Abs(X - 2),
        ["sin"] = Simplify.Unary(UnaryKind.Sin, X),
        ["cos"] = Simplify.Unary(UnaryKind.Cos, X),
        ["atan"] = Atan(X),
        ["floor"] = Simplify.Unary(UnaryKind.Floor, X),
        ["add"] = X + Y,
        ["sub"] = X - Y,
        ["mul"] = X * Y,
        ["square"] = X * X,
        ["div"] = X / Y,
        ["reciprocal"] = 1 / X,
        ["divByItself"] = (X + 1) / (X * Y),
        ["powConstant"] = Pow(X, 2.5),
        ["powFourth"] = Pow(X, 4),
        ["pow"] = Pow(X, Y),
        ["powOfOne"] = Pow(X, X),
        ["max"] = Max(X, Y),
        ["min"] = Min(X, Y),
        ["maxConstant"] = Max(X, 0.2) * Y,
        ["minConstant"] = Min(0.9, X) * Y,
        ["select"] = Where(X > Y, X * X, Y * X),
        ["chain"] = Tanh(Exp(X * Y) / (1 + Sigmoid(Y))),
        ["softplus"] = DifferentiateAs(Max(X, 0) + Log(1 + Exp(-Abs(X))), StopGradient(Sigmoid(X)) * X),
    };

    public static TheoryData<string> Smooth => new(s_smooth.Keys);

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Derivative_AtSmoothPoint_IsTheLimitOfDifferences(string name)
    {
        var e = s_smooth[name];
        foreach (var (x, y) in new[] { (0.6, 1.3), (1.4, 0.7), (0.3, 2.2) })
        {
            const double h = 1e-5;
            var byX = (ExprSample.Value(e, x + h, y) - ExprSample.Value(e, x - h, y)) / (2 * h);
            var byY = (ExprSample.Value(e, x, y + h) - ExprSample.Value(e, x, y - h)) / (2 * h);
            Assert.Equal(byX, ExprSample.Value(Differentiate.With(e, X), x, y), 1e-7 * (1 + Math.Abs(byX)));
            Assert.Equal(byY, ExprSample.Value(Differentiate.With(e, Y), x, y), 1e-7 * (1 + Math.Abs(byY)));
        }
    }

    [Fact]
    public void Maximum_AtTie_GivesHalfToEach()
    {
        Assert.Equal(0.5, ExprSample.Value(Differentiate.With(Max(X, Y), X), 2, 2));
        Assert.Equal(0.5, ExprSample.Value(Differentiate.With(Max(X, Y), Y), 2, 2));
        Assert.Equal(0.5, ExprSample.Value(Differentiate.With(Min(X, Y), X), 2, 2));
    }

    [Fact]
    public void MaximumWithConstant_AtTie_GivesZero() => Assert.Equal(0, ExprSample.Value(Differentiate.With(Max(X, 0), X), 0, 0));

    [Fact]
    public void Abs_AtZero_GivesZero() => Assert.Equal(0, ExprSample.Value(Differentiate.With(Abs(X), X), 0, 0));

    [Fact]
    public void Softplus_AtZero_GivesHalf() => Assert.Equal(0.5, ExprSample.Value(Differentiate.With(s_smooth["softplus"], X), 0, 0));

    // Formulas of a cotangent that is infinite, because a function of what was selected has an infinite derivative there: 0 · ∞ must not be formed.
    private static readonly Dictionary<string, (Expr E, double X, double Y)> s_notSelected = new()
    {
        ["then"] = (Where(X < 0, 0, X), -1, 0),
        ["else"] = (Where(X > 0, X, 0), -1, 0),
        ["between"] = (Where(X > 1, 1, Where(X < 0, 0, X)), -1, 0),
        ["above"] = (Where(X > 1, 1, Where(X < 0, 0, X)), 2, 0),
        ["slope"] = (Where(X > 1, 0.5 * X, Where(X < 0, 3, X)), -1, 0),
        ["max of a number"] = (Max(X, 0), -1, 0),
        ["max with a number"] = (Max(0, X), -1, 0),
        ["min of both"] = (Min(Max(X, 0), 6), 7, 0),
        ["max of two"] = (Max(X, Y), -1, 0),
        ["min of two"] = (Min(Y, X), 1, 0),
        ["product"] = (Max(X, 0) * Y, -1, 3),
        ["quotient"] = (Max(X, 0) / Y, -1, 3),
        ["scaled"] = (1.5 * Where(X > 0, X, 2), -1, 0),
        ["power 0"] = (Pow(X, Y), 0, 0),
    };

    public static TheoryData<string> NotSelected => new(s_notSelected.Keys);

    [Theory]
    [MemberData(nameof(NotSelected))]
    public void Derivative_OfWhatIsNotSelected_IsZeroUnderAnInfiniteCotangent(string name)
    {
        var (e, x, y) = s_notSelected[name];
        var infinite = 1 / (Y - Y);
        Assert.Equal(double.PositiveInfinity, ExprSample.Value(infinite, x, y));
        Assert.Equal(0, ExprSample.Value(infinite * Differentiate.With(e, X), x, y));
        Assert.Equal(0, ExprSample.Value(Differentiate.With(e, X) * infinite, x, y));
    }

    [Fact]
    public void StopGradient_HasValueAndNoDerivative()
    {
        var e = StopGradient(X * X) * X;
        Assert.Equal(27, ExprSample.Value(e, 3, 0));
        Assert.Equal(9, ExprSample.Value(Differentiate.With(e, X), 3, 0));
    }
}
