using System.Runtime.CompilerServices;

namespace ModelGen;

/// <summary>Checks arguments where a field initialiser needs the value back.</summary>
internal static class Require
{
    public static int Positive(int value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, name);
        return value;
    }

    public static int NotNegative(int value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        return value;
    }

    /// <summary>Finite and at least 0.</summary>
    public static float NotNegative(float value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        float.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number of at least 0.");

    /// <summary>Finite and more than 0.</summary>
    public static float Positive(float value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        float.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number of more than 0.");

    /// <summary>In [0, 1].</summary>
    public static float Share(float value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 0 to 1.");

    /// <summary>In [0, 1).</summary>
    public static float Decay(float value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be in [0, 1).");

    /// <summary>Returns a number at least 0 as a float.</summary>
    public static float NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) => NotNegative((float)value, name);

    /// <summary>Returns a number above 0 as a float.</summary>
    public static float Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) => Positive((float)value, name);

    /// <summary>Returns a number in [0, 1) as a float.</summary>
    public static float Decay(double value, [CallerArgumentExpression(nameof(value))] string? name = null) => Decay((float)value, name);
}
