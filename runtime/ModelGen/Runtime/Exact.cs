using System.ComponentModel;

namespace ModelGen.Runtime;

/// <summary>Provides the functions of generated kernels in double precision, against which gradients are checked.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Exact
{
    /// <summary>Computes e^x.</summary>
    public static double Exp(double x) => Math.Exp(x);

    /// <summary>Computes e^x − 1 by Kahan's formula: the rounding errors of e^x and of its logarithm cancel.</summary>
    public static double ExpM1(double x)
    {
        var e = Math.Exp(x);
        if (e == 1)
            return x;
        return e - 1 == -1 || double.IsPositiveInfinity(e) ? e - 1 : (e - 1) * x / Math.Log(e);
    }

    /// <summary>Computes the natural logarithm of 1 + x by Kahan's formula: the rounding errors of 1 + x and of its logarithm cancel.</summary>
    public static double Log1P(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsPositiveInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }

    /// <summary>Computes the natural logarithm.</summary>
    public static double Log(double x) => Math.Log(x);

    /// <summary>Computes tanh x.</summary>
    public static double Tanh(double x) => Math.Tanh(x);

    /// <summary>Computes sin x.</summary>
    public static double Sin(double x) => Math.Sin(x);

    /// <summary>Computes cos x.</summary>
    public static double Cos(double x) => Math.Cos(x);

    /// <summary>Computes the arc tangent of x.</summary>
    public static double Atan(double x) => Math.Atan(x);

    /// <summary>Computes 1 / (1 + e^−x), without overflow on either side.</summary>
    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>
    /// Computes 2/√π ∫₀ˣ e^−t² dt to about 1e-15: by the Maclaurin series below 3, by the continued fraction of erfc above (Abramowitz and Stegun 7.1.5,
    /// 7.1.14).
    /// </summary>
    public static double Erf(double x)
    {
        var a = Math.Abs(x);
        if (!(a < 6))
            return double.IsNaN(x) ? x : Math.Sign(x);
        if (a >= 3)
        {
            var fraction = a;
            for (var n = 120; n >= 1; n--) fraction = a + (n / 2.0 / fraction);
            return Math.Sign(x) * (1 - (Math.Exp(-a * a) / Math.Sqrt(Math.PI) / fraction));
        }

        double term = a, sum = a;
        for (var n = 1; Math.Abs(term) > 1e-18 * sum; n++)
        {
            term *= -a * a / n;
            sum += term / ((2 * n) + 1);
        }

        return Math.Sign(x) * 2 / Math.Sqrt(Math.PI) * sum;
    }
}
