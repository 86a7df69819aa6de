using Microsoft.CodeAnalysis;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Graphs;

namespace ModelGen.Tests.Frontend;

/// <summary>Modules of other assemblies, and the text that carries them.</summary>
public class CrossAssemblyTests
{
    private const string Library = """
        namespace Lib;

        [Module] public partial class Inner(int n, float slope = 0.25f)
        {
            readonly Layer fc = Linear(n);
            public int Width => n;
            public Tensor Forward(Tensor x) => LeakyRelu(fc(x), slope);
        }

        [Module] public partial class Outer(int n)
        {
            static readonly string Name = "quote \" backslash \\ newline \n ü";
            readonly Inner[] parts = Repeat(2, i => new Inner(n + i));
            public Tensor Forward(Tensor x)
            {
                foreach (var p in parts) x = Name.Length > 3 && p.Width > 0 ? p.Forward(x) : x;
                return x;
            }
        }
        """;

    private const string App = "[Model] public partial class M { readonly Lib.Outer o = new(6); public Tensor Forward([Shape(8)] Tensor x) => o.Forward(x); }";

    [Fact]
    public async Task ModuleOfAnImage_EvaluatesAsItsSource()
    {
        var image = new MemoryStream();
        Assert.True(Driver.Generate(Driver.Compile([("Lib.cs", Library)], "Lib")).Emit(image).Success);
        var app = Driver.Compile([("App.cs", App)], "App", MetadataReference.CreateFromImage(image.ToArray()));

        Assert.Empty(await Driver.Analyze(app));
        var generated = Driver.Generate(app);
        Driver.AssertCompiles(generated);
        Assert.Equal(
            Driver.Generate(Driver.Compile([("Lib.cs", Library), ("App.cs", App)])).SyntaxTrees.Single(
                t => t.FilePath.EndsWith("M.g.cs", StringComparison.Ordinal)).ToString(),
            generated.SyntaxTrees.Single(t => t.FilePath.EndsWith("M.g.cs", StringComparison.Ordinal)).ToString());
    }

    [Fact]
    public void ModuleOfACompilation_IsFound()
    {
        var library = Driver.Generate(Driver.Compile([("Lib.cs", Library)], "Lib"));

        Driver.AssertCompiles(Driver.Generate(Driver.Compile([("App.cs", App)], "App", library.ToMetadataReference())));
    }

    [Fact]
    public void References_AreReadOnceOnly()
    {
        var image = new MemoryStream();
        Assert.True(Driver.Generate(Driver.Compile([("Lib.cs", Library)], "Lib")).Emit(image).Success);
        var app = Driver.Compile([("App.cs", App), ("Other.cs", "class A { }")], "App", MetadataReference.CreateFromImage(image.ToArray()));
        var driver = Driver.NewGenerator().RunGenerators(app);
        driver = driver.RunGenerators(app.ReplaceSyntaxTree(app.SyntaxTrees.Last(),
            Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText("class B { }", Driver.Parse, "Other.cs")));

        Assert.All(driver.GetRunResult().Results[0].TrackedSteps["External"].SelectMany(s => s.Outputs),
            o => Assert.True(o.Reason == IncrementalStepRunReason.Cached));
    }

    [Theory]
    [InlineData("[ModuleIr(999, \"0;\")] public partial class Outer(int n) { public Tensor Forward(Tensor x) => x; }")]
    [InlineData("[ModuleIr(1, \"damaged\")] public partial class Outer(int n) { public Tensor Forward(Tensor x) => x; }")]
    [InlineData("[Module] public partial class Outer(int n) { public Tensor Forward(Tensor x) => x; }")]
    public async Task ModuleWithoutReadableText_IsTold(string module)
    {
        var image = new MemoryStream();
        Assert.True(Driver.Compile([("Lib.cs", "namespace Lib; " + module)], "Lib").Emit(image).Success);
        var app = Driver.Compile([("App.cs", App)], "App", MetadataReference.CreateFromImage(image.ToArray()));

        var diagnostic = Assert.Single(await Driver.Analyze(app));

        Assert.Equal("MG1012", diagnostic.Id);
        Assert.Equal("The module 'Lib.Outer' has no description that this version reads; build its assembly again with this version of ModelGen",
            diagnostic.GetMessage());
        Assert.Equal("new(6)", App.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Driver.AssertCompiles(Driver.Generate(app));
    }

    [Fact]
    public void Text_ReadsBackToTheSameModule()
    {
        var compilation = Driver.Compile(Library);
        foreach (var id in new[] { "Lib.Inner", "Lib.Outer" })
        {
            var text = IrText.Write(Driver.Lower(compilation, id)!.Ir);
            Assert.Equal(text, IrText.Write(IrText.Read(text)!));
        }
    }

    [Fact]
    public void Text_Damaged_IsNoModuleAndNoException()
    {
        var text = IrText.Write(Driver.Lower(Driver.Compile(Library), "Lib.Outer")!.Ir);
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var damaged = text.ToCharArray();
            for (var k = random.Next(1, 4); k > 0; k--) damaged[random.Next(damaged.Length)] = "0123456789 ;:-x"[random.Next(15)];
            _ = IrText.Read(new string(damaged));
            _ = IrText.Read(text[..random.Next(text.Length)]);
        }

        Assert.Null(IrText.Read(""));
        Assert.Null(IrText.Read("2000000000;"));
        Assert.Null(IrText.Read(text + " "));
    }

    [Fact]
    public void Text_OfAResidualBlock_IsSmall() =>
        Assert.InRange(IrText.Write(Driver.Lower(Driver.Compile(Models.ResNet), "Zoo.BasicBlock")!.Ir).Length, 100, 3000);

    [Fact]
    public void Version_RisesWithTheKinds() =>
        // A new or moved kind makes older texts unreadable: raise IrText.Version with this number.
        Assert.Equal((3, 75), (IrText.Version, Enum.GetValues<IrKind>().Length));
}
