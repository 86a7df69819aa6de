using System.Runtime.CompilerServices;

namespace ILGPU;

/// <summary>Atomic updates; each returns the value from before.</summary>
public static class Atomic
{
    /// <summary>Adds; the order of the additions, and so the last digits, is not defined.</summary>
    public static float Add(ref float target, float value)
    {
        while (true)
        {
            var before = Volatile.Read(ref target);
            if (Swap(ref target, before, before + value))
                return before;
        }
    }

    /// <summary>Adds.</summary>
    public static int Add(ref int target, int value) => Interlocked.Add(ref target, value) - value;

    /// <summary>Keeps the larger.</summary>
    public static float Max(ref float target, float value)
    {
        while (true)
        {
            var before = Volatile.Read(ref target);
            if (Swap(ref target, before, MathF.Max(before, value)))
                return before;
        }
    }

    /// <summary>Keeps the smaller.</summary>
    public static float Min(ref float target, float value)
    {
        while (true)
        {
            var before = Volatile.Read(ref target);
            if (Swap(ref target, before, MathF.Min(before, value)))
                return before;
        }
    }

    /// <summary>Keeps the larger.</summary>
    public static int Max(ref int target, int value)
    {
        while (true)
        {
            var before = Volatile.Read(ref target);
            if (Interlocked.CompareExchange(ref target, Math.Max(before, value), before) == before)
                return before;
        }
    }

    /// <summary>Replaces.</summary>
    public static int Exchange(ref int target, int value) => Interlocked.Exchange(ref target, value);

    /// <summary>Replaces where the target equals <paramref name="compare"/>.</summary>
    public static int CompareExchange(ref int target, int compare, int value) =>
        Interlocked.CompareExchange(ref target, value, compare);

    // Compares bits: a NaN never equals itself as a number, and the loop would not end.
    static bool Swap(ref float target, float before, float after)
    {
        var bits = BitConverter.SingleToInt32Bits(before);
        return Interlocked.CompareExchange(ref Unsafe.As<float, int>(ref target), BitConverter.SingleToInt32Bits(after), bits) == bits;
    }
}
