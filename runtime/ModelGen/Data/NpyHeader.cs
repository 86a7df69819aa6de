using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelGen;

/// <summary>The header of a .npy file, which is a dictionary of Python's.</summary>
internal static partial class NpyHeader
{
    /// <summary>Reads type and shape.</summary>
    /// <exception cref="DataFormatException">It is no such header, or of a kind that is not read.</exception>
    public static (NumberType Type, int[] Shape) Parse(string path, long offset, string text)
    {
        if (Form().Match(text) is not { Success: true } match)
        {
            throw new DataFormatException(
                path, offset, "the header is not {'descr': '…', 'fortran_order': …, 'shape': (…), }: arrays of records are not read.");
        }

        var found = match.Groups["type"].Value;
        var type = NumberType.Parse(found) ?? throw new DataFormatException(
            path, offset, $"the type of the elements is '{found}', expected one of float16 to float64, int8 to int64, uint8 to uint64 or bool.");
        var shape = new List<int>();
        foreach (var size in match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            shape.Add(int.TryParse(size.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new DataFormatException(path, offset, $"the size of axis {shape.Count} is '{size}', expected a whole number."));
        }

        if (match.Groups["fortran"].Value == "True" && shape.Count > 1)
            throw new DataFormatException(path, offset, "the array is in Fortran's order; save np.ascontiguousarray(a).");
        return (type, [.. shape]);
    }

    [GeneratedRegex(
        @"^\{\s*'descr':\s*'(?<type>[^']*)',\s*'fortran_order':\s*(?<fortran>True|False),\s*'shape':\s*\((?<shape>[0-9L,\s]*)\),?\s*\}\s*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
