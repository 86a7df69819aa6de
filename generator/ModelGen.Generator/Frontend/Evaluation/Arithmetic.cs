using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>C#'s operators on compile-time values, with its numeric promotions; overflow is an error rather than a wrong size.</summary>
internal static class Arithmetic
{
    private const int LongestQuote = 300;

    // What a comparison of nested arrays looks at; they may hold one array many times.
    private const int MostComparisons = 100_000;

    public static object Binary(string op, object? a, object? b)
    {
        if (op == "==") return AreEqual(a, b);
        if (op == "!=") return !AreEqual(a, b);
        if (a is BatchSize || b is BatchSize)
            throw new ValueException("MG1005", "The batch size is not known at compile time; the code of a model may not depend on it");
        if (op == "+" && (a is string || b is string)) return Text(a) + Text(b);
        if (a is bool p && b is bool q)
            return op switch { "&" => p & q, "|" => p | q, "^" => p ^ q, _ => throw Undefined(op, a, b) };
        if (!IsNumber(a) || !IsNumber(b)) throw Undefined(op, a, b);
        try
        {
            if (a is double || b is double) return OfDouble(op, ToDouble(a!), ToDouble(b!)) ?? throw Undefined(op, a, b);
            if (a is float || b is float) return OfFloat(op, ToFloat(a!), ToFloat(b!)) ?? throw Undefined(op, a, b);
            if (a is long || b is long) return OfLong(op, ToLong(a!), ToLong(b!)) ?? throw Undefined(op, a, b);
            return OfInt(op, (int)ToLong(a!), (int)ToLong(b!)) ?? throw Undefined(op, a, b);
        }
        catch (OverflowException)
        {
            throw new ValueException("MG1005", $"{Text(a)} {op} {Text(b)} overflows");
        }
        catch (DivideByZeroException)
        {
            throw new ValueException("MG1005", $"{Text(a)} {op} {Text(b)} divides by zero");
        }
    }

    public static object Unary(string op, object? x) => (op, x) switch
    {
        ("!", bool b) => !b,
        ("-", int i) => checked(-i),
        ("-", long l) => checked(-l),
        ("-", float f) => -f,
        ("-", double d) => -d,
        ("~", int i) => ~i,
        ("~", long l) => ~l,
        ("+", not null) when IsNumber(x) => x,
        (_, BatchSize) => throw new ValueException("MG1005", "The batch size is not known at compile time; the code of a model may not depend on it"),
        _ => throw new ValueException("MG1003", $"The operator '{op}' has no meaning for {Describe(x)} at compile time"),
    };

    /// <summary>An explicit or implicit numeric conversion; out of range is an error.</summary>
    public static object? Convert(string target, object? x)
    {
        if (x is BatchSize && target is "float" or "double") throw new ValueException("MG1005",
            "The batch size is not known at compile time; the code of a model may not depend on it");
        if (!IsNumber(x)) return x;
        try
        {
            return target switch
            {
                "float" => ToFloat(x!),
                "double" => ToDouble(x!),
                "long" => checked((long)Truncated(x!)),
                "uint" => (long)checked((uint)Truncated(x!)),
                "int" => checked((int)Truncated(x!)),
                "short" => (int)checked((short)Truncated(x!)),
                "ushort" => (int)checked((ushort)Truncated(x!)),
                "byte" => (int)checked((byte)Truncated(x!)),
                "sbyte" => (int)checked((sbyte)Truncated(x!)),
                _ => x,
            };
        }
        catch (OverflowException)
        {
            throw new ValueException("MG1005", $"{Text(x)} does not fit in '{target}'");
        }
    }

    public static bool IsNumber(object? x) => x is int or long or float or double or char;

    public static double ToDouble(object x) => x is char c ? c : System.Convert.ToDouble(x, CultureInfo.InvariantCulture);

    public static bool AreEqual(object? a, object? b)
    {
        var comparisons = 0;
        return AreEqual(a, b, ref comparisons);
    }

    private static bool AreEqual(object? a, object? b, ref int comparisons)
    {
        if (++comparisons > MostComparisons) throw new ValueException("MG1009", $"This compares more than {Lengths.Text(MostComparisons)} elements");
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (IsNumber(a) && IsNumber(b))
            return a is float or double || b is float or double ? ToDouble(a!) == ToDouble(b!) : ToLong(a!) == ToLong(b!);
        if (a is object?[] x && b is object?[] y)
        {
            if (x.Length != y.Length) return false;
            for (var i = 0; i < x.Length; i++)
                if (!AreEqual(x[i], y[i], ref comparisons)) return false;
            return true;
        }
        return Equals(a, b);
    }

    /// <summary>A value as messages show it.</summary>
    public static string Text(object? x) => x switch
    {
        null => "",
        bool b => b ? "True" : "False",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        BatchSize => "N",
        _ => x.ToString() ?? "",
    };

    public static string Describe(object? x) => x switch
    {
        null => "null",
        TensorValue or ParameterValue => "a tensor",
        LayerValue or LayerSequence => "a layer",
        ListValue l => $"a list of {l.Items.Count.ToString(CultureInfo.InvariantCulture)}",
        DictionaryValue d => $"a dictionary of {d.Count.ToString(CultureInfo.InvariantCulture)}",
        RecordValue r => "a " + r.Type,
        ModuleValue m => "a " + m.Ir.Name,
        FunctionValue => "a function",
        object?[] a => $"a sequence of {a.Length.ToString(CultureInfo.InvariantCulture)}",
        string s => $"\"{Short(s)}\"",
        _ => Text(x),
    };

    /// <summary>A text as messages quote it.</summary>
    public static string Short(string text) => text.Length <= LongestQuote ? text : text.Substring(0, LongestQuote) + "…";

    private static ValueException Undefined(string op, object? a, object? b) =>
        new("MG1003", $"The operator '{op}' has no meaning for {Describe(a)} and {Describe(b)} at compile time");

    private static float ToFloat(object x) => x is char c ? c : System.Convert.ToSingle(x, CultureInfo.InvariantCulture);

    private static long ToLong(object x) => x is char c ? c : System.Convert.ToInt64(x, CultureInfo.InvariantCulture);

    private static decimal Truncated(object x) => x is float or double ? decimal.Truncate((decimal)ToDouble(x)) : ToLong(x);

    private static object? OfInt(string op, int a, int b) => op switch
    {
        "+" => checked(a + b),
        "-" => checked(a - b),
        "*" => checked(a * b),
        "/" => a / b,
        "%" => a % b,
        "<<" => a << b,
        ">>" => a >> b,
        "&" => a & b,
        "|" => a | b,
        "^" => a ^ b,
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        ">=" => a >= b,
        _ => null,
    };

    private static object? OfLong(string op, long a, long b) => op switch
    {
        "+" => checked(a + b),
        "-" => checked(a - b),
        "*" => checked(a * b),
        "/" => a / b,
        "%" => a % b,
        "<<" => a << (int)b,
        ">>" => a >> (int)b,
        "&" => a & b,
        "|" => a | b,
        "^" => a ^ b,
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        ">=" => a >= b,
        _ => null,
    };

    private static object? OfFloat(string op, float a, float b) => op switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "%" => a % b,
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        ">=" => a >= b,
        _ => null,
    };

    private static object? OfDouble(string op, double a, double b) => op switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "%" => a % b,
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        ">=" => a >= b,
        _ => null,
    };
}
