using System;
using System.Globalization;

namespace ModelGen.Generator.Frontend.Ir;

/// <summary>Constants as text: a letter for the type, then the value in the invariant culture.</summary>
internal static class IrConstant
{
    public const string Null = "n", True = "b1";

    /// <summary>The text of a value, or null where the language has no such constant.</summary>
    public static string? Write(object? value) => value switch
    {
        null => Null,
        bool b => b ? True : "b0",
        sbyte or byte or short or ushort or int => "i" + Convert.ToInt32(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        uint or long => "l" + Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        float f => "f" + f.ToString("R", CultureInfo.InvariantCulture),
        double d => "d" + d.ToString("R", CultureInfo.InvariantCulture),
        char c => "c" + c,
        string s => "s" + s,
        _ => null,
    };

    /// <summary>The value of a text.</summary>
    /// <exception cref="FormatException">It is not the text of a constant.</exception>
    public static object? Read(string text)
    {
        if (text.Length == 0) throw new FormatException("An empty constant.");
        var value = text.Substring(1);
        return text[0] switch
        {
            'n' => null,
            'b' => value == "1",
            'i' => int.Parse(value, CultureInfo.InvariantCulture),
            'l' => long.Parse(value, CultureInfo.InvariantCulture),
            'f' => float.Parse(value, CultureInfo.InvariantCulture),
            'd' => double.Parse(value, CultureInfo.InvariantCulture),
            'c' when value.Length == 1 => value[0],
            's' => value,
            _ => throw new FormatException("Not a constant: " + text),
        };
    }
}
