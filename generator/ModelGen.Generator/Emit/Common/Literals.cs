using System.Globalization;

namespace ModelGen.Generator.Emit.Common;

/// <summary>Numbers as C# writes them, with all their digits.</summary>
internal static class Literals
{
    public static string Int(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Float(double value)
    {
        if (double.IsPositiveInfinity(value)) return "float.PositiveInfinity";
        if (double.IsNegativeInfinity(value)) return "float.NegativeInfinity";
        if (double.IsNaN(value)) return "float.NaN";
        return ((float)value).ToString("R", CultureInfo.InvariantCulture) + "f";
    }

    public static string Double(double value)
    {
        if (double.IsPositiveInfinity(value)) return "double.PositiveInfinity";
        if (double.IsNegativeInfinity(value)) return "double.NegativeInfinity";
        if (double.IsNaN(value)) return "double.NaN";
        return value.ToString("R", CultureInfo.InvariantCulture) + "d";
    }
}
