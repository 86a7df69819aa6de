using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>Constants of the runtime that are not compile-time constants of C#: arrays. Metadata does not tell what they hold, so they stand here
/// again.</summary>
internal static class KnownConstants
{
    private const float Ninth = 1 / 9f;

    private static readonly Dictionary<string, float[]> s_kernels = new(StringComparer.Ordinal)
    {
        ["Kernels.Identity"] = new float[] { 0, 0, 0, 0, 1, 0, 0, 0, 0 },
        ["Kernels.Edge"] = new float[] { -1, -1, -1, -1, 8, -1, -1, -1, -1 },
        ["Kernels.Sharpen"] = new float[] { 0, -1, 0, -1, 5, -1, 0, -1, 0 },
        ["Kernels.Box"] = Enumerable.Repeat(Ninth, 9).ToArray(),
        ["Kernels.Gaussian"] = new[] { 1, 2, 1, 2, 4, 2, 1, 2, 1 }.Select(w => w / 16f).ToArray(),
    };

    /// <summary>A new array of the elements, or null where the name is not known.</summary>
    public static object?[]? Find(string name) => s_kernels.TryGetValue(name, out var values) ? values.Select(v => (object?)v).ToArray() : null;
}
