namespace ILGPU.Algorithms;

/// <summary>Functions that every backend has at full accuracy.</summary>
public static class XMath
{
    /// <summary>The exponential.</summary>
    public static float Exp(float value) => MathF.Exp(value);

    /// <summary>A power of two.</summary>
    public static float Exp2(float value) => MathF.Pow(2f, value);

    /// <summary>The natural logarithm.</summary>
    public static float Log(float value) => MathF.Log(value);

    /// <summary>The logarithm to base two.</summary>
    public static float Log2(float value) => MathF.Log2(value);

    /// <summary>The square root.</summary>
    public static float Sqrt(float value) => MathF.Sqrt(value);

    /// <summary>One over the square root.</summary>
    public static float Rsqrt(float value) => 1f / MathF.Sqrt(value);

    /// <summary>The reciprocal.</summary>
    public static float Rcp(float value) => 1f / value;

    /// <summary>The hyperbolic tangent.</summary>
    public static float Tanh(float value) => MathF.Tanh(value);

    /// <summary>The sine.</summary>
    public static float Sin(float value) => MathF.Sin(value);

    /// <summary>The cosine.</summary>
    public static float Cos(float value) => MathF.Cos(value);

    /// <summary>The tangent.</summary>
    public static float Tan(float value) => MathF.Tan(value);

    /// <summary>The arc tangent.</summary>
    public static float Atan(float value) => MathF.Atan(value);

    /// <summary>The hyperbolic sine.</summary>
    public static float Sinh(float value) => MathF.Sinh(value);

    /// <summary>The hyperbolic cosine.</summary>
    public static float Cosh(float value) => MathF.Cosh(value);

    /// <summary>Without the sign.</summary>
    public static float Abs(float value) => MathF.Abs(value);

    /// <summary>The next integer below.</summary>
    public static float Floor(float value) => MathF.Floor(value);

    /// <summary>The next integer above.</summary>
    public static float Ceiling(float value) => MathF.Ceiling(value);

    /// <summary>The nearest integer, ties to even.</summary>
    public static float Round(float value) => MathF.Round(value);

    /// <summary>The integer part.</summary>
    public static float Truncate(float value) => MathF.Truncate(value);

    /// <summary>A power.</summary>
    public static float Pow(float @base, float exp) => MathF.Pow(@base, exp);

    /// <summary>The smaller.</summary>
    public static float Min(float first, float second) => IntrinsicMath.Min(first, second);

    /// <summary>The larger.</summary>
    public static float Max(float first, float second) => IntrinsicMath.Max(first, second);

    /// <summary>The nearest number of the range.</summary>
    public static float Clamp(float value, float min, float max) => IntrinsicMath.Clamp(value, min, max);
}
