using ModelGen.Generator.Ops;

namespace ModelGen.Tests.Surface;

/// <summary>The files of the runtime that the catalogue has written, by their paths in its folder Declaration.</summary>
internal static class SurfaceFiles
{
    /// <summary>The folder of the attributes, which has nothing else.</summary>
    public const string Attributes = "Layers";

    private const string Header =
        "// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.";

    public static IReadOnlyDictionary<string, string> Write() =>
        OpCatalog.Groups.ToDictionary(g => $"Nn.{g.File}.cs", NnFile.Write)
            .Concat(OpCatalog.All.Where(o => o.ClassForm != ClassForm.None)
                .ToDictionary(o => $"{Attributes}/{AttributeFile.ClassName(o)}.cs", AttributeFile.Write))
            .Append(new(OperatorFile.Name, OperatorFile.Write())).ToDictionary();

    /// <summary>A file of the runtime with these lines.</summary>
    public static string Text(IEnumerable<string> lines) => string.Join('\n', [Header, "namespace ModelGen;", "", .. lines, ""]);
}
