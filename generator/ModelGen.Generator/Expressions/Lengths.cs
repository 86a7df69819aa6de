using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ModelGen.Generator.Expressions;

/// <summary>Products and sums of sizes: in 64 bits, never wrapped, and held against one limit.</summary>
/// <remarks>The project is compiled with overflow checks, so that a size that is computed elsewhere cannot wrap either.</remarks>
internal static class Lengths
{
    /// <summary>The most elements of a tensor for each sample, of all parameters together, and positions along an axis: kernels count in 32 bits.</summary>
    public const int Most = int.MaxValue;

    /// <summary>Tensors start on 256-byte borders: what float4 loads on a GPU assume, and a cache line for every vector on a CPU.</summary>
    public const int AlignmentInFloats = 64;

    /// <summary>The product; the largest long where it is more.</summary>
    public static long Product(IEnumerable<long> factors)
    {
        var product = 1L;
        foreach (var factor in factors) product = factor == 0 || product <= long.MaxValue / factor ? product * factor : long.MaxValue;
        return product;
    }

    /// <summary>The sum; the largest long where it is more.</summary>
    public static long Sum(IEnumerable<long> terms)
    {
        var sum = 0L;
        foreach (var term in terms) sum = sum <= long.MaxValue - term ? sum + term : long.MaxValue;
        return sum;
    }

    /// <summary>The product, or <see cref="Most"/> where it is more: for numbers that only weigh, beside a shape that is checked.</summary>
    public static int Bounded(params long[] factors) => (int)Math.Min(Most, Product(factors));

    /// <summary>The number of elements, for one sample where there is a batch axis.</summary>
    public static long Elements(IEnumerable<Axis> axes) => Product(axes.Select(a => (long)a.Factor));

    /// <summary>The length with the space up to the next border.</summary>
    public static long Aligned(long floats) => (floats + AlignmentInFloats - 1) / AlignmentInFloats * AlignmentInFloats;

    /// <summary>A size as messages write it: 2,147,483,647.</summary>
    public static string Text(long size) => (size == long.MaxValue ? "more than " : "") + size.ToString("N0", CultureInfo.InvariantCulture);
}
