using System.Runtime.CompilerServices;
using ModelGen.Generator.Expressions;
using static ModelGen.Generator.Expressions.Expr;

namespace ModelGen.Tests.Expressions;

public class SimplifyTests
{
    private static readonly Expr X = ExprSample.X, Y = ExprSample.Y;

    public static TheoryData<string, string, string> Printed => new Cases
    {
        { X + 0, "%0" },
        { 0 - X, "-%0" },
        { X * 1, "%0" },
        { X * 0, "0" },
        { X + X, "2·%0" },
        { X * 2 * 3, "6·%0" },
        { X - -Y, "%0 + %1" },
        { -(X - Y), "%1 - %0" },
        { -X * Y, "-(%0·%1)" },
        { X / 4, "0.25·%0" },
        { Pow(X, 2), "%0·%0" },
        { Pow(X, 0.5), "sqrt(%0)" },
        { Y * Where(X > 0, 1, 0), "%1 where %0 > 0, 0 elsewhere" },
        { Y * Where(X > 0, 0, 1), "0 where %0 > 0, %1 elsewhere" },
        { Where(X > 2, 0, Where(X > 1, 3, 0)) * Y, "0 where %0 > 2, 3·%1 where %0 > 1, 0 elsewhere" },
        { Y * Where(X > 0, 3, 1), "%1·(3 where %0 > 0, 1 elsewhere)" },
        { Max(0, X), "max(0, %0)" },
        { Abs(-X), "abs(%0)" },
        { Where((Expr)new Const(1) > 0, X, Y), "%0" },
        { Where(X > 0, Where(X > 0, X, 1), Where(X > 0, 2, Y)), "%0 where %0 > 0, %1 elsewhere" },
        { Exp(0), "1" },
        { X - (Y - 1), "%0 - (%1 - 1)" },
        { (X + Y) * X / (Y * X), "(%0 + %1)·%0 / (%1·%0)" },
    };

    [Theory]
    [MemberData(nameof(Printed))]
    public void Constructor_Simplifies(string written, string actual, string expected) =>
        Assert.True(expected == actual, $"{written} became {actual}, not {expected}");

    [Fact]
    public void Simplified_HasTheValueOfThePlainExpression()
    {
        var random = new System.Random(7);
        for (var trial = 0; trial < 500; trial++)
        {
            var (e, value) = Build(random, 5);
            var (x, y) = (random.NextDouble() * 4 - 2, random.NextDouble() * 4 - 2);
            var expected = value(x, y);
            if (double.IsFinite(expected)) Assert.Equal(expected, ExprSample.Value(e, x, y), 1e-9 * (1 + Math.Abs(expected)));
        }
    }

    // The same random formula twice: through the simplifying constructors and as plain arithmetic.
    private static (Expr, Func<double, double, double>) Build(System.Random random, int depth)
    {
        if (depth == 0)
        {
            double c = random.Next(-1, 3);
            return random.Next(3) switch { 0 => (X, (x, _) => x), 1 => (Y, (_, y) => y), _ => (c, (_, _) => c) };
        }
        var (a, fa) = Build(random, depth - 1);
        var (b, fb) = Build(random, depth - 1);
        return random.Next(7) switch
        {
            0 => (a + b, (x, y) => fa(x, y) + fb(x, y)),
            1 => (a - b, (x, y) => fa(x, y) - fb(x, y)),
            2 => (a * b, (x, y) => fa(x, y) * fb(x, y)),
            3 => (-a, (x, y) => -fa(x, y)),
            4 => (Max(a, b), (x, y) => Math.Max(fa(x, y), fb(x, y))),
            5 => (Where(a > b, a, 0), (x, y) => fa(x, y) > fb(x, y) ? fa(x, y) : 0),
            _ => (Tanh(a), (x, y) => Math.Tanh(fa(x, y))),
        };
    }

    // Two formulas that become the same are two cases.
    private sealed class Cases : TheoryData<string, string, string>
    {
        public void Add(Expr made, string expected, [CallerArgumentExpression(nameof(made))] string written = "") => Add(written, made.ToString(), expected);
    }
}
