using System;

namespace ModelGen.Generator.Expressions;

/// <summary>The scalar functions in double precision: what the interpreter computes and constants fold to.</summary>
internal static class ScalarMath
{
    public static double Apply(UnaryKind kind, double x) => kind switch
    {
        UnaryKind.Neg => -x,
        UnaryKind.Exp => Math.Exp(x),
        UnaryKind.ExpM1 => ExpM1(x),
        UnaryKind.Log => Math.Log(x),
        UnaryKind.Log1P => Log1P(x),
        UnaryKind.Sqrt => Math.Sqrt(x),
        UnaryKind.Tanh => Math.Tanh(x),
        UnaryKind.Sigmoid => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x)),
        UnaryKind.Erf => Erf(x),
        UnaryKind.Abs => Math.Abs(x),
        UnaryKind.Sign => double.IsNaN(x) ? x : Math.Sign(x),
        UnaryKind.Sin => Math.Sin(x),
        UnaryKind.Cos => Math.Cos(x),
        UnaryKind.Atan => Math.Atan(x),
        UnaryKind.Floor => Math.Floor(x),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static double Apply(BinaryKind kind, double a, double b) => kind switch
    {
        BinaryKind.Add => a + b,
        BinaryKind.Sub => a - b,
        BinaryKind.Mul => a * b,
        BinaryKind.Div => a / b,
        BinaryKind.Max => Math.Max(a, b),
        BinaryKind.Min => Math.Min(a, b),
        BinaryKind.Pow => Math.Pow(a, b),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static bool Holds(CompareKind kind, double a, double b) => kind switch
    {
        CompareKind.Greater => a > b,
        CompareKind.GreaterOrEqual => a >= b,
        CompareKind.Less => a < b,
        CompareKind.LessOrEqual => a <= b,
        CompareKind.Equal => a == b,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>e^x - 1 by Kahan's formula: the rounding errors of e^x and of its logarithm cancel.</summary>
    private static double ExpM1(double x)
    {
        var e = Math.Exp(x);
        if (e == 1) return x;
        return e - 1 == -1 || double.IsPositiveInfinity(e) ? e - 1 : (e - 1) * x / Math.Log(e);
    }

    /// <summary>log(1 + x) by Kahan's formula: the rounding errors of 1 + x and of its logarithm cancel.</summary>
    private static double Log1P(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsPositiveInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }

    /// <summary>erf by its Maclaurin series for |x| below 3 and the continued fraction of erfc above (Abramowitz and Stegun 7.1.5, 7.1.14).</summary>
    private static double Erf(double x)
    {
        var a = Math.Abs(x);
        if (double.IsNaN(x)) return x;
        if (a > 6) return Math.Sign(x);
        if (a < 3)
        {
            double term = a, sum = a;
            for (var n = 1; n < 200; n++)
            {
                term *= -a * a / n;
                var add = term / (2 * n + 1);
                sum += add;
                if (Math.Abs(add) < 1e-18 * Math.Abs(sum)) break;
            }
            return Math.Sign(x) * 2 / Math.Sqrt(Math.PI) * sum;
        }
        var fraction = a;
        for (var n = 120; n >= 1; n--) fraction = a + n / 2.0 / fraction;
        return Math.Sign(x) * (1 - Math.Exp(-a * a) / Math.Sqrt(Math.PI) / fraction);
    }
}
