using System;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>The functions that a declaration may call because they depend on their arguments alone: Math, MathF, Init.</summary>
internal static class PureFunctions
{
    public static object Math(string name, object?[] arguments)
    {
        var isSingle = name.StartsWith("MathF.", StringComparison.Ordinal);
        var function = name.Substring(name.IndexOf('.') + 1);
        if (arguments.Any(a => a is BatchSize)) throw new ValueException("MG1005",
            "The batch size is not known at compile time; the code of a model may not depend on it");
        if (arguments.Length == 0 || !arguments.All(Arithmetic.IsNumber)) throw Unknown(name);
        if (!isSingle && arguments.All(a => a is int or long or float) && OfExact(function, arguments) is { } exact) return exact;
        var x = arguments.Select(a => Arithmetic.ToDouble(a!)).ToArray();
        var value = OfDouble(function, x) ?? throw Unknown(name);
        return function is "Sign" or "ILogB" ? (int)value : isSingle ? (float)value : (object)value;
    }

    /// <summary>A function of texts, of numbers written as text, or of arrays.</summary>
    public static object? OfText(string name, object?[] x)
    {
        var text = x.FirstOrDefault() as string;
        switch (name, x.Length)
        {
            case ("Int32.Parse", 1) when text is not null:
                return Parsed(text,
                int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var i), i);
            case ("Single.Parse", 1) when text is not null:
                return Parsed(text,
                float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var f), f);
            case ("Double.Parse", 1) when text is not null:
                return Parsed(text,
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d), d);
            case ("Int32.Max" or "Int32.Min", 2): return Math("Math." + name.Substring("Int32.".Length), x);
            case ("Array.Empty", 0): return Array.Empty<object?>();
            case ("Array.IndexOf", 2) when x[0] is object?[] items: return Array.FindIndex(items, e => Arithmetic.AreEqual(e, x[1]));
            case ("String.Join", 2) when x[1] is object?[] parts: return string.Join(Arithmetic.Text(x[0]), parts.Select(Arithmetic.Text));
            case ("String.IsNullOrEmpty", 1): return string.IsNullOrEmpty(text);
            case ("String.Split", >= 2) when text is not null && x[1] is char or string:
                return text.Split(new[] { Arithmetic.Text(x[1]) }, StringSplitOptions.None).Select(p => (object?)p).ToArray();
            case ("String.Split", >= 2) when text is not null && x[1] is object?[] separators:
                return text.Split(separators.Select(Arithmetic.Text).ToArray(), StringSplitOptions.None).Select(p => (object?)p).ToArray();
            case ("String.Trim", 1): return text!.Trim();
            case ("String.ToUpperInvariant" or "String.ToUpper", 1): return text!.ToUpperInvariant();
            case ("String.ToLowerInvariant" or "String.ToLower", 1): return text!.ToLowerInvariant();
            case ("String.StartsWith", >= 2): return text!.StartsWith(Arithmetic.Text(x[1]), StringComparison.Ordinal);
            case ("String.EndsWith", >= 2): return text!.EndsWith(Arithmetic.Text(x[1]), StringComparison.Ordinal);
            case ("String.Contains", >= 2): return text!.Contains(Arithmetic.Text(x[1]));
            case ("String.IndexOf", 2): return text!.IndexOf(Arithmetic.Text(x[1]), StringComparison.Ordinal);
            case ("String.Replace", 3): return text!.Replace(Arithmetic.Text(x[1]), Arithmetic.Text(x[2]));
            case ("String.Substring", 2) when x[1] is int start && start >= 0 && start <= text!.Length: return text.Substring(start);
            case ("String.Substring", 3) when x[1] is int start && x[2] is int length && start >= 0 && length >= 0 && start + length <= text!.Length:
                return text.Substring(start, length);
            default: throw Unknown(name);
        }
    }

    private static object Parsed(string text, bool isNumber, object value) =>
        isNumber ? value : throw new ValueException("MG1005", $"\"{Arithmetic.Short(text)}\" is not such a number");

    /// <summary>A member of the runtime's Init; what an instance member is called on comes first.</summary>
    public static StartRule Init(string member, object?[] arguments)
    {
        var rule = arguments.FirstOrDefault() as StartRule;
        var numbers = arguments.Skip(rule is null ? 0 : 1).ToArray();
        if (!numbers.All(Arithmetic.IsNumber)) throw new ValueException("MG1005", $"Init.{member} has arguments that are not known at compile time");
        try
        {
            return StartRule.Apply(rule, member, numbers.Select(n => Arithmetic.ToDouble(n!)).ToArray());
        }
        catch (FormatException e)
        {
            throw new ValueException("MG2009", e.Message);
        }
    }

    // Overloads that keep the type of their operands.
    private static object? OfExact(string function, object?[] x)
    {
        switch (function)
        {
            case "Max" when x.Length == 2: return (bool)Arithmetic.Binary(">=", x[0], x[1]) ? Widest(x[0], x[1]) : Widest(x[1], x[0]);
            case "Min" when x.Length == 2: return (bool)Arithmetic.Binary("<=", x[0], x[1]) ? Widest(x[0], x[1]) : Widest(x[1], x[0]);
            case "Abs" when x.Length == 1: return (bool)Arithmetic.Binary("<", x[0], 0) ? Arithmetic.Unary("-", x[0]) : x[0];
            case "Clamp" when x.Length == 3: return OfExact("Min", new[] { OfExact("Max", new[] { x[0], x[1] }), x[2] });
            case "DivRem" when x.Length == 2: return new[] { Arithmetic.Binary("/", x[0], x[1]), Arithmetic.Binary("%", x[0], x[1]) };
            default: return null;
        }
    }

    private static object? Widest(object? value, object? other) =>
        other is float ? Arithmetic.Convert("float", value) : other is long && value is int ? Arithmetic.Convert("long", value) : value;

    private static double? OfDouble(string function, double[] x) => (function, x.Length) switch
    {
        ("Abs", 1) => System.Math.Abs(x[0]),
        ("Acos", 1) => System.Math.Acos(x[0]),
        ("Asin", 1) => System.Math.Asin(x[0]),
        ("Atan", 1) => System.Math.Atan(x[0]),
        ("Atan2", 2) => System.Math.Atan2(x[0], x[1]),
        ("Cbrt", 1) => x[0] < 0 ? -Cbrt(-x[0]) : Cbrt(x[0]),
        ("Ceiling", 1) => System.Math.Ceiling(x[0]),
        ("Clamp", 3) => System.Math.Min(System.Math.Max(x[0], x[1]), x[2]),
        ("Cos", 1) => System.Math.Cos(x[0]),
        ("Cosh", 1) => System.Math.Cosh(x[0]),
        ("Exp", 1) => System.Math.Exp(x[0]),
        ("Floor", 1) => System.Math.Floor(x[0]),
        ("Log", 1) => System.Math.Log(x[0]),
        ("Log", 2) => System.Math.Log(x[0], x[1]),
        ("Log10", 1) => System.Math.Log10(x[0]),
        ("Log2", 1) => Log2(x[0]),
        ("Max", 2) => System.Math.Max(x[0], x[1]),
        ("Min", 2) => System.Math.Min(x[0], x[1]),
        ("Pow", 2) => System.Math.Pow(x[0], x[1]),
        ("Round", 1) => System.Math.Round(x[0]),
        ("Round", 2) => System.Math.Round(x[0], (int)x[1]),
        ("Sign", 1) => System.Math.Sign(x[0]),
        ("Sin", 1) => System.Math.Sin(x[0]),
        ("Sinh", 1) => System.Math.Sinh(x[0]),
        ("Sqrt", 1) => System.Math.Sqrt(x[0]),
        ("Tan", 1) => System.Math.Tan(x[0]),
        ("Tanh", 1) => System.Math.Tanh(x[0]),
        ("Truncate", 1) => System.Math.Truncate(x[0]),
        _ => null,
    };

    // netstandard2.0 has neither; powers are exact, as they are in the functions themselves.
    private static double Log2(double x)
    {
        var log = System.Math.Log(x, 2);
        var whole = System.Math.Round(log);
        return System.Math.Pow(2, whole) == x ? whole : log;
    }

    private static double Cbrt(double x)
    {
        var root = System.Math.Pow(x, 1.0 / 3);
        var whole = System.Math.Round(root);
        return whole * whole * whole == x ? whole : root;
    }

    private static ValueException Unknown(string name) =>
        new("MG1003", string.Format(CultureInfo.InvariantCulture, "'{0}' has no meaning at compile time", name));
}
