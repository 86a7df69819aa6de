using System.Numerics;

namespace ILGPU;

/// <summary>Branch-free functions.</summary>
public static class IntrinsicMath
{
    /// <summary>The larger; of a number and NaN the number, as the device's instruction has it.</summary>
    public static float Max(float first, float second) => float.MaxNumber(first, second);

    /// <summary>The smaller; of a number and NaN the number, as the device's instruction has it.</summary>
    public static float Min(float first, float second) => float.MinNumber(first, second);

    /// <summary>The larger.</summary>
    public static int Max(int first, int second) => Math.Max(first, second);

    /// <summary>The smaller.</summary>
    public static int Min(int first, int second) => Math.Min(first, second);

    /// <summary>The larger.</summary>
    public static long Max(long first, long second) => Math.Max(first, second);

    /// <summary>The smaller.</summary>
    public static long Min(long first, long second) => Math.Min(first, second);

    /// <summary>Without the sign.</summary>
    public static float Abs(float value) => MathF.Abs(value);

    /// <summary>Without the sign.</summary>
    public static int Abs(int value) => Math.Abs(value);

    /// <summary>The nearest number of the range.</summary>
    public static float Clamp(float value, float min, float max) => Max(Min(value, max), min);

    /// <summary>The nearest number of the range.</summary>
    public static int Clamp(int value, int min, int max) => Max(Min(value, max), min);

    /// <summary>Bits that are set.</summary>
    public static int PopCount(uint value) => BitOperations.PopCount(value);

    /// <summary>Quotient, rounded up.</summary>
    public static int DivRoundUp(int numerator, int denominator) => (numerator + denominator - 1) / denominator;

    /// <summary>Quotient, rounded up.</summary>
    public static long DivRoundUp(long numerator, long denominator) => (numerator + denominator - 1) / denominator;
}
