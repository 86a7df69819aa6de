using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ModelGen.Generator.Support;

/// <summary>Turns names of people into identifiers of C#.</summary>
internal static class Identifiers
{
    public static readonly IReadOnlyCollection<string> Keywords = new HashSet<string>(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using",
        "virtual", "void", "volatile", "while", "__arglist", "__makeref", "__reftype", "__refvalue",
    };

    // Words that C# reads as names in some places and as something else in others.
    private static readonly HashSet<string> ContextualKeywords = new(StringComparer.Ordinal)
    {
        "_", "add", "alias", "allows", "and", "args", "ascending", "async", "await", "by", "descending", "dynamic", "equals", "extension", "field", "file",
            "from", "get",
        "global", "group", "init", "into", "join", "let", "managed", "nameof", "nint", "not", "notnull", "nuint", "on", "or", "orderby", "partial", "record",
            "remove",
        "required", "scoped", "select", "set", "unmanaged", "var", "when", "where", "with", "yield",
    };

    /// <summary>The name as it is written in C#: with an @ where it would be read as a keyword.</summary>
    public static string Escape(string name) => Keywords.Contains(name) || ContextualKeywords.Contains(name) ? "@" + name : name;

    /// <summary>A name with dots, each of its parts escaped.</summary>
    public static string EscapeQualified(string name) => string.Join(".", name.Split('.').Select(Escape));

    /// <summary>An identifier for a path: <c>layer1.0.conv1</c> gives <c>layer1_0_conv1</c>, <c>0.weight</c> gives <c>layer0_weight</c>.</summary>
    public static string FromPath(string path)
    {
        var text = new StringBuilder();
        foreach (var c in path) text.Append(char.IsLetterOrDigit(c) ? c : '_');
        if (text.Length == 0) return "value";
        if (char.IsDigit(text[0])) text.Insert(0, "layer");
        return text.ToString();
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

    /// <summary>PyTorch's name of a C# field: without the leading low line. The field <c>_</c> has the empty name: what it holds counts as the owner's
    /// own.</summary>
    public static string FieldPath(string field) => field.TrimStart('_');

    /// <summary><c>MaxPool2d</c> gives <c>maxPool2d</c>.</summary>
    public static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary><c>conv1</c> gives <c>Conv1</c>.</summary>
    public static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>Whether C# could have the name, with an @ if need be.</summary>
    public static bool IsIdentifier(string name) => name.Length > 0 && IsStart(name[0]) && name.All(c => IsStart(c) || IsPart(c));

    private static bool IsStart(char c) => c == '_' || char.IsLetter(c) || char.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber;

    private static bool IsPart(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;
}
