using System.Globalization;

namespace ModelGen;

/// <summary>Writes shapes as messages show them.</summary>
internal static class ShapeText
{
    public static string Of(IReadOnlyList<int> shape, bool hasBatch)
    {
        var sizes = shape.Select(size => size.ToString(CultureInfo.InvariantCulture));
        return "[" + string.Join(",", hasBatch ? sizes.Prepend("N") : sizes) + "]";
    }
}
