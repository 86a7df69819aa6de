using System;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Common;

/// <summary>The form that each generated file of a model has: a part of the class, then what is behind it in the model's own namespace.</summary>
internal static class ModelFile
{
    /// <param name="file">Holds the comments at the head.</param>
    /// <param name="interfaces">That this part of the class adds.</param>
    /// <param name="members">Writes the members of the part.</param>
    /// <param name="imports">Writes what the text behind it imports.</param>
    /// <param name="behind">Writes the types behind it.</param>
    /// <param name="isChecked">Whether the project asks for checks of overflow, from which the text is then exempt.</param>
    public static string Write(
        CodeWriter file, ModelGraphs graphs, string interfaces, Action<CodeWriter> members, Action<CodeWriter, string> imports, Action<CodeWriter> behind,
            bool isChecked)
    {
        Pragmas(file);
        if (graphs.Namespace.Length > 0) file.Open("namespace " + graphs.DeclaredNamespace);
        file.Block($"partial class {graphs.DeclaredName} : {interfaces}", () => members(file));
        if (graphs.Namespace.Length > 0) file.Close();
        file.Line();
        var types = Types(isChecked);
        behind(types);
        return Behind(file, graphs, imports, types);
    }

    /// <summary>A file that adds nothing to the class itself.</summary>
    /// <param name="file">Holds the comments at the head.</param>
    /// <param name="imports">Writes what the text behind it imports.</param>
    /// <param name="types">The types behind the class, as begun by <see cref="Types"/>.</param>
    public static string Write(CodeWriter file, ModelGraphs graphs, Action<CodeWriter, string> imports, CodeWriter types)
    {
        Pragmas(file);
        return Behind(file, graphs, imports, types);
    }

    /// <summary>Begins a text of types behind a class.</summary>
    /// <param name="isChecked">Whether the project asks for checks of overflow, from which the text is then exempt.</param>
    public static CodeWriter Types(bool isChecked)
    {
        var types = new CodeWriter { Unchecked = isChecked };
        types.Indent();
        return types;
    }

    private static void Pragmas(CodeWriter file)
    {
        file.Line("#nullable enable");
        file.Line("#pragma warning disable   // what the project asks of code that people write is not asked here");
        file.Line();
    }

    private static string Behind(CodeWriter file, ModelGraphs graphs, Action<CodeWriter, string> imports, CodeWriter types)
    {
        var text = types.ToString();
        file.Open("namespace " + graphs.CompiledNamespace);
        imports(file, text);
        return file + text + "}\n";
    }
}
