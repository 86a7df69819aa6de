using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Generator.Graphs;
using ModelGen.Tests.Architecture;
using ModelGen.Tests.Emit;
using ModelGen.Tests.Frontend;
using ModelGen.Tests.Zoo;

namespace ModelGen.Tests.Names;

/// <summary>The models of the samples, of the zoo and of tests: what names are judged by.</summary>
internal static class AllModels
{
    /// <summary>Each model under a name of its own.</summary>
    public static IEnumerable<(string Name, ModelGraphs Graphs)> Graphs() =>
        Declared().Concat(EmitModels.All.Select(m => ("Sketch " + m.Key, m.Value())));

    /// <summary>Those that are declared in C#, whose values have names of people.</summary>
    public static IEnumerable<(string Name, ModelGraphs Graphs)> Declared() =>
        Samples().Concat(ZooModels.Small.Values.Concat([Models.LeNet, Models.Settings]).Select((source, k) => ($"Test {k}", new[] { ("Model.cs", source) })))
            .SelectMany(m => Evaluated(m.Item1, m.Item2));

    private static IEnumerable<(string Sample, (string File, string Text)[] Files)> Samples() =>
        SourceFiles.Under("samples").GroupBy(f => f.File.Split('/')[0], (sample, files) => (sample, files.Select(f => (f.File, Usings + f.Text)).ToArray()));

    // What a project adds by itself.
    private const string Usings = "using System; using System.Collections.Generic; using System.IO; using System.Linq;\n";

    private static IEnumerable<(string, ModelGraphs)> Evaluated(string name, (string, string)[] files)
    {
        var compilation = Driver.Compile(files);
        foreach (var type in compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
            .Select(c => compilation.GetSemanticModel(tree).GetDeclaredSymbol(c)!)).Distinct(SymbolEqualityComparer.Default).Cast<INamedTypeSymbol>())
        {
            if (!type.GetAttributes().Any(a => a.AttributeClass?.Name == nameof(ModelAttribute))) continue;
            var result = Driver.Evaluate(compilation, type.ToDisplayString());
            Assert.True(result.Training is not null, $"{name} {type.Name}: {string.Join("\n", result.Findings)}");
            yield return ($"{name} {type.Name}", new(type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(), type.Name,
                result.Training!, result.Evaluation!));
        }
    }
}
