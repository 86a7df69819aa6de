using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator.Support;

namespace ModelGen.Tests.Frontend;

/// <summary>An edit regenerates what it changes and nothing else.</summary>
public class IncrementalityTests
{
    private const string Block =
        "namespace Z; [Module] public partial class Block(int n) { readonly Layer a = Linear(n); public Tensor Forward(Tensor x) => Relu(a(x)); }";
    private const string First =
        "namespace Z;\n[Model] public partial class First { readonly Block b = new(16); public Tensor Forward([Shape(8)] Tensor x) => b.Forward(x); }";
    private const string Second =
        "namespace Z;\n[Model] public partial class Second { readonly Layer d = Linear(3); public Tensor Forward([Shape(8)] Tensor x) "
            + "=> Helpers.Twice(d(x)); }";
    private const string Helpers = "namespace Z; static class Helpers { public static Tensor Twice(Tensor x) => Tanh(Tanh(x)); }";
    private const string Other = "namespace Z; class Other { int F() => 1; }";

    private static readonly (string Path, string Text)[] s_files =
        [("Block.cs", Block), ("First.cs", First), ("Second.cs", Second), ("Helpers.cs", Helpers), ("Other.cs", Other)];

    [Theory]
    [InlineData("Other.cs", "namespace Z; class Other { int F() => 2; int G; }")]
    [InlineData("Second.cs",
        "// A comment above.\nnamespace Z;\n\n[Model] public partial class Second {\n    readonly Layer d = Linear( 3 ); "
            + "/* c */\n    public Tensor Forward([Shape(8)] Tensor x)\n        => Helpers.Twice(d( x )); }")]
    [InlineData("Second.cs",
        "namespace Z;\n[Model] public partial class Second { int unrelated = 1; void Print() => Console.WriteLine(); readonly Layer d = Linear(3); "
            + "public Tensor Forward([Shape(8)] Tensor x) => Helpers.Twice(d(x)); }", false)]
    [InlineData("Helpers.cs", "namespace Z; static class Helpers { public static Tensor Twice(Tensor x) => Tanh(Tanh(x)); public static int More() => 3; }")]
    [InlineData("Block.cs",
        "namespace Z; /* moved */ class Before { } [Module] public partial class Block(int n) { readonly Layer a = Linear(n); "
            + "public Tensor Forward(Tensor x) => Relu(a(x)); }")]
    public void Edit_WithoutMeaning_GeneratesNothing(string file, string text, bool isField = true)
    {
        var reasons = Regenerated(file, text);

        if (isField) Assert.Empty(reasons);
        else Assert.Equal(["Z.Second.g.cs"], reasons);
    }

    [Theory]
    [InlineData("Second.cs",
        "namespace Z;\n[Model] public partial class Second { readonly Layer d = Linear(4); public Tensor Forward([Shape(8)] Tensor x) "
            + "=> Helpers.Twice(d(x)); }", "Z.Second.g.cs")]
    [InlineData("Helpers.cs", "namespace Z; static class Helpers { public static Tensor Twice(Tensor x) => Tanh(x); }", "Z.Second.g.cs")]
    [InlineData("Block.cs",
        "namespace Z; [Module] public partial class Block(int n) { readonly Layer a = Linear(n); public Tensor Forward(Tensor x) => Tanh(a(x)); }",
        "Z.Block.ir.g.cs Z.First.g.cs")]
    public void Edit_WithMeaning_GeneratesItsUsers(string file, string text, string expected) => Assert.Equal(expected.Split(' '), Regenerated(file, text));

    [Fact]
    public void Steps_HoldNoRoslynObjects()
    {
        var result = Driver.NewGenerator().RunGenerators(Driver.Compile(s_files)).GetRunResult().Results[0];

        foreach (var name in new[] { "Lower", "Modules", "External", "Linked", "Settings", "Carriers" })
            foreach (var (value, _) in result.TrackedSteps[name].SelectMany(s => s.Outputs))
                AssertPlain(value, name, []);
    }

    [Fact]
    public void Output_IsTheSame_WhateverTheOrderOfFiles()
    {
        static ImmutableArray<string> Texts(IEnumerable<(string, string)> files) =>
            [.. Driver.NewGenerator().RunGenerators(Driver.Compile(files)).GetRunResult().Results[0].GeneratedSources.OrderBy(s => s.HintName,
                StringComparer.Ordinal).Select(s => s.HintName + "\n" + s.SourceText)];

        foreach (var (one, other) in Texts(s_files).Zip(Texts(s_files.AsEnumerable().Reverse()))) Assert.Equal(one, other);
    }

    private static List<string> Regenerated(string file, string text)
    {
        var compilation = Driver.Compile(s_files);
        var driver = Driver.NewGenerator().RunGenerators(compilation);
        var before = driver.GetRunResult().Results[0].GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText);
        var old = compilation.SyntaxTrees.Single(t => t.FilePath == file);
        driver = driver.RunGenerators(compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(text, Driver.Parse, file)));

        // A cached output hands out the same text object.
        return [.. driver.GetRunResult().Results[0].GeneratedSources.Where(s => !before.TryGetValue(s.HintName, out var was)
            || !ReferenceEquals(was, s.SourceText)).Select(s => s.HintName).Where(n => !IsFurther(n)).Order(StringComparer.Ordinal)];
    }

    // The files of a model are made together; the first stands for them.
    private static bool IsFurther(string file) =>
        FileNames.Suffixes.Any(s => s != FileNames.Cpu && s != FileNames.Carrier && file.EndsWith(s, StringComparison.Ordinal));

    private static void AssertPlain(object? value, string step, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || !value.GetType().IsValueType && !seen.Add(value))
            return;
        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Compilation or IOperation or Location or SemanticModel,
            $"{step} holds a {value.GetType().Name}");
        if (value is System.Collections.IEnumerable items)
        {
            foreach (var item in items) AssertPlain(item, step, seen);
            return;
        }

        foreach (var field in value.GetType()
            .GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
            AssertPlain(field.GetValue(value), step, seen);
    }
}
