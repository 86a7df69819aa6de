using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Conformance;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Tests.Emit;
using ModelGen.Tests.Frontend;

namespace ModelGen.Tests.Names;

/// <summary>Names of the person's never meet those of generated code, whichever they are: the names are taken from the generated text itself.</summary>
public class HygieneTests
{
    private static readonly Lazy<IReadOnlyCollection<string>> Words = new(() => Collisions.Free(GeneratedText.Words(Generated(Collisions.Models()))));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Names_OfGeneratedCode_MayBeThePersonsToo(bool asNamespaces)
    {
        var names = Words.Value;
        Assert.Superset(new HashSet<string> { "Avx512F", "Batch", "Compiled", "Math", "ModelGen", "Simd", "Span", "System", "Vector256" }, names.ToHashSet());

        var source = asNamespaces ? Collisions.AmongNamespaces(names) : Collisions.AmongClasses(names);
        var compilation = Generated(source);

        Assert.Equal("", string.Join("\n", GeneratedText.Complaints(compilation)));
        Assert.Equal(16, GeneratedText.Trees(compilation).Count());
    }

    [Theory]
    [InlineData("Residual")]
    [InlineData("Recurrent")]
    [InlineData("LargeImages")]
    [InlineData("Tokens")]
    public void Values_HaveOtherNamesThanWhatAKernelNames(string name)
    {
        var graphs = EmitModels.All[name]();
        var model = ModelCompiler.Lower(graphs, new(GradientCheck: true));
        var values = model.All.Concat(ModelCompiler.LowerForGpu(graphs).All).Append(model.Check!.Value.Program)
            .SelectMany(p => p.Graph.Nodes.Select(n => new ValueNames(p.Graph)[n.Id])).ToHashSet(StringComparer.Ordinal);
        var named = ModelCompiler.Files(graphs, new(Gpu: true, GradientCheck: true)).SelectMany(f => Named(f.Text))
            .Where(n => !values.Contains(n) && !IsDerived(n, values)).Distinct().ToList();

        Assert.True(named.Count > 50);
        Assert.Equal("", string.Join(" ", named.Where(n => NameOfAValueThatIsCalled(n) == n).Order(StringComparer.Ordinal)));
    }

    // x__3 points into the value x, and xStart says where it starts; no other value has such a name beside it.
    private static bool IsDerived(string name, IReadOnlySet<string> values) => values.Contains(Regex.Replace(name, "(__\\d+|Start)_*$", ""));

    // What the methods of emitted classes declare, and what they use by its name alone: a value of that name would hide it.
    private static IEnumerable<string> Named(string text)
    {
        foreach (var node in CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(m => m.Ancestors().OfType<NamespaceDeclarationSyntax>().Any() && m.ToString().Contains('*')).SelectMany(m => m.DescendantNodes()))
        {
            if (node is VariableDeclaratorSyntax v) yield return v.Identifier.ValueText;
            else if (node is ParameterSyntax p) yield return p.Identifier.ValueText;
            else if (node is SimpleNameSyntax { Parent: not (NameColonSyntax or AliasQualifiedNameSyntax or QualifiedNameSyntax or AttributeSyntax) } n
                && !(n.Parent is MemberAccessExpressionSyntax m && m.Name == n)
                && n.Parent is not AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax }) yield return n.Identifier.ValueText;
        }
    }

    private static string NameOfAValueThatIsCalled(string name)
    {
        var graph = Sketch.Model("Named", s => ([s.Input(name, 3)], null)).Training;
        return new ValueNames(graph)[graph.Outputs[0]];
    }

    private static CSharpCompilation Generated(string source) => Driver.Generate(Driver.Compile(source));
}
