namespace ModelGen;

/// <summary>
/// Provides what a declaration is made of: layers (factories that return a <see cref="Layer"/>), functions and losses. It is meant for <c>using static
/// ModelGen.Nn;</c>. Names and defaults are PyTorch's.
/// </summary>
/// <remarks>Each call records itself in the trace (<see cref="Tensor"/>); the compiler reads the same calls from the source.</remarks>
public static partial class Nn
{
    /// <summary>Creates <paramref name="count"/> blocks by calling <paramref name="make"/> with 0, 1, 2, ….</summary>
    /// <param name="count">How many.</param>
    /// <param name="make">Makes the element of an index.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static T[] Repeat<T>(int count, Func<int, T> make)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(make);
        var made = new T[count];
        for (var i = 0; i < count; i++)
            made[i] = make(i);
        return made;
    }

    private static Layer Declare(string kind, params (string Name, object? Value)[] arguments)
    {
        var identity = new LayerIdentity(kind, Tensor.ByName(arguments));
        return x => Tensor.Record(kind, identity, [x]);
    }
}
