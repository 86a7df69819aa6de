using System.Text;

namespace ModelGen.Tests.Runtime;

/// <summary>Writes the numbers that are types: the rows and columns that a tile may have.</summary>
internal static class CountsText
{
    private const int MostRows = 16;
    private const int MostColumns = 64;

    public static (string Path, string Text) File()
    {
        var text = new StringBuilder();
        text.AppendLine("using System.ComponentModel;");
        text.AppendLine("using System.Runtime.CompilerServices;");
        text.AppendLine();
        text.AppendLine("namespace ModelGen.Runtime;");
        text.AppendLine();
        text.AppendLine("// Written by CountsText in the tests.");
        for (var count = 1; count <= MostRows; count++) Append(text, "Rows", "row", count);
        for (var count = 1; count <= MostColumns; count++) Append(text, "Columns", "column", count);
        return ("Lanes/Counts.cs", text.ToString());
    }

    private static void Append(StringBuilder text, string name, string one, int count)
    {
        text.AppendLine();
        text.AppendLine($"/// <summary>Represents {count} {one}{(count == 1 ? "" : "s")} of a tile.</summary>");
        text.AppendLine("[EditorBrowsable(EditorBrowsableState.Never)]");
        text.AppendLine($"public readonly struct {name}{count} : ICount");
        text.AppendLine("{");
        text.AppendLine("    /// <inheritdoc/>");
        text.AppendLine($"    public static int Count {{ [MethodImpl(MethodImplOptions.AggressiveInlining)] get => {count}; }}");
        text.AppendLine("}");
    }
}
