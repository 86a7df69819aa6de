using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Tests.Emit;
using ModelGen.Tests.Zoo;

namespace ModelGen.GeneratedText;

/// <summary>Runs the generator over every project of this checkout that declares models, and keeps what it adds.</summary>
internal static class GeneratedFolder
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Latest);

    private static readonly string[] s_projects =
    [
        "samples/Cifar", "samples/Digits", "samples/Kernels", "samples/Series", "samples/Spiral", "samples/TinyGpt",
        "tests/ModelGen.Benchmarks",
    ];

    /// <summary>Writes a folder of files for each project, and one for the models that tests build from ops.</summary>
    public static void Write(DirectoryInfo folder, IReadOnlyList<DirectoryInfo> further)
    {
        if (folder.Exists && folder.EnumerateFileSystemInfos().Any()) throw new IOException($"The folder '{folder.FullName}' is not empty.");
        var root = Root();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p)).ToImmutableArray();
        foreach (var project in s_projects.Select(p => new DirectoryInfo(Path.Combine(root, p))).Concat(further))
            Generate(Sources(project), folder.CreateSubdirectory(project.Name), references);
        foreach (var (name, source) in ZooModels.Small.Append(new("R", ZooModels.ResNet(50))))
            Generate([CSharpSyntaxTree.ParseText(Usings() + source, s_parse)], folder.CreateSubdirectory("Zoo").CreateSubdirectory(name), references);
        var sketches = folder.CreateSubdirectory("Sketches");
        foreach (var (name, model) in EmitModels.All)
            foreach (var file in ModelCompiler.Files(model(), new(Gpu: true, Jvp: name is "Mlp" or "ConvNet", GradientCheck: name is "Mlp")))
                File.WriteAllText(Path.Combine(sketches.FullName, name + file.Suffix), file.Text);
    }

    private static void Generate(IEnumerable<SyntaxTree> trees, DirectoryInfo target, ImmutableArray<MetadataReference> references)
    {
        var compilation = CSharpCompilation.Create(target.Name, trees, references,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
        var result = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: s_parse).RunGenerators(compilation).GetRunResult();
        foreach (var file in result.Results.SelectMany(r => r.GeneratedSources))
            File.WriteAllText(Path.Combine(target.FullName, file.HintName.Replace('/', '.')), file.SourceText.ToString());
        foreach (var diagnostic in result.Diagnostics) Console.Error.WriteLine(diagnostic);
        if (target.GetFiles().Length == 0) throw new InvalidOperationException($"Nothing was generated for '{target.Name}'.");
    }

    private static IEnumerable<SyntaxTree> Sources(DirectoryInfo project) => project.EnumerateFiles("*.cs", SearchOption.AllDirectories)
        .Where(f => !f.FullName.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .OrderBy(f => f.FullName, StringComparer.Ordinal).Select(f => CSharpSyntaxTree.ParseText(File.ReadAllText(f.FullName), s_parse, f.FullName))
        .Append(CSharpSyntaxTree.ParseText(Usings(project.EnumerateFiles("*.csproj").FirstOrDefault()), s_parse));

    // What the SDK, the package and a project file add to every source.
    private static string Usings(FileInfo? project = null)
    {
        string[] always = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "ModelGen", "static ModelGen.Nn"];
        var own = project is null ? [] : XDocument.Load(project.FullName).Descendants("Using")
            .Select(u => ((bool?)u.Attribute("Static") == true ? "static " : "") + u.Attribute("Include")!.Value);
        return string.Concat(always.Union(own).Select(n => $"global using {n};\n"));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));
}
