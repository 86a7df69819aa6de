using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ModelGen.Generator.Support;

/// <summary>Turns names of people into identifiers of C#.</summary>
internal static class Identifiers
{
    /// <summary>Types that generated code names without their namespace: a member of the model with such a name would hide them.</summary>
    public static readonly IReadOnlyCollection<string> UsedTypes = new[]
    {
        "Simd", "Lanes", "Panels", "Transposition", "Pair256", "Sse", "Math", "MathF", "Vector256", "Vector512", "Avx", "Avx2", "Avx512F", "Fma", "Span", "ReadOnlySpan", "Unsafe", "MemoryMarshal",
        "Arguments", "CompiledModel", "StepContext", "Batch", "ParameterSet", "InitializerKind", "IDisposable", "MethodImplOptions",
    };

    public static readonly IReadOnlyCollection<string> Keywords = new HashSet<string>(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using",
        "virtual", "void", "volatile", "while",
    };

    /// <summary>An identifier for a path: <c>layer1.0.conv1</c> gives <c>layer1_0_conv1</c>, <c>0.weight</c> gives <c>layer0_weight</c>.</summary>
    public static string FromPath(string path)
    {
        var text = new StringBuilder();
        foreach (var c in path) text.Append(char.IsLetterOrDigit(c) ? c : '_');
        if (text.Length == 0) return "value";
        if (char.IsDigit(text[0])) text.Insert(0, "layer");
        var name = text.ToString();
        return Keywords.Contains(name) ? name + "_" : name;
    }

    /// <summary>The first of <c>x</c>, <c>x2</c>, <c>x3</c>… that is not taken, and takes it. After a digit a low line keeps the numbers apart.</summary>
    public static string Unique(string name, ISet<string> taken)
    {
        if (taken.Add(name)) return name;
        var stem = char.IsDigit(name[name.Length - 1]) ? name + "_" : name;
        for (var i = 2; ; i++)
        {
            var candidate = stem + i.ToString(CultureInfo.InvariantCulture);
            if (taken.Add(candidate)) return candidate;
        }
    }

    /// <summary>PyTorch's name of a C# field: without the leading low line. The field <c>_</c> has the empty name: what it holds counts as the owner's own.</summary>
    public static string FieldPath(string field) => field.TrimStart('_');

    /// <summary><c>MaxPool2d</c> gives <c>maxPool2d</c>.</summary>
    public static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name.Substring(1);

    public static bool IsIdentifier(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_') && !Keywords.Contains(name);
}
