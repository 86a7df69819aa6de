using System;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Graphs;

/// <summary>How the terms of a reduction become one value.</summary>
internal enum Combine
{
    /// <summary>No reduction: one value of the body for each element.</summary>
    None,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The greatest of them; NaN where one is NaN.</summary>
    Max,

    /// <summary>As <see cref="Max"/>; the derivative goes to the first greatest value alone (max pooling), where <see cref="Max"/> shares it among
    /// equals.</summary>
    MaxFirst,

    /// <summary>The row-major position, over the reduced axes, of the first greatest value.</summary>
    ArgMax,
}

/// <summary>The monoid of a reduction: what it starts from, and how a further term is taken in.</summary>
/// <param name="Identity">What changes no other value.</param>
/// <param name="Step">The operation: a sum or a maximum.</param>
/// <param name="KeepsPosition">Whether the result is not the value but where it was first met.</param>
internal sealed record Monoid(double Identity, BinaryKind Step, bool KeepsPosition)
{
    private static readonly Monoid s_sum = new(0, BinaryKind.Add, false);
    private static readonly Monoid s_max = new(double.NegativeInfinity, BinaryKind.Max, false);
    private static readonly Monoid s_first = new(double.NegativeInfinity, BinaryKind.Max, true);

    /// <summary>Gets a value indicating whether terms are added up, so that rounding errors grow with their number.</summary>
    public bool IsSum => Step == BinaryKind.Add;

    /// <summary>The monoid of a reduction; a value without a reduction is the sum of one term.</summary>
    public static Monoid Of(Combine combine) => combine switch
    {
        Combine.None or Combine.Sum => s_sum,
        Combine.Max or Combine.MaxFirst => s_max,
        Combine.ArgMax => s_first,
        _ => throw new ArgumentOutOfRangeException(nameof(combine), combine, null),
    };

    /// <summary>One step in double precision.</summary>
    public double Take(double value, double term) => Step switch
    {
        BinaryKind.Add => value + term,
        BinaryKind.Max => Math.Max(value, term),
        _ => throw new InvalidOperationException($"{Step} is no reduction."),
    };
}
