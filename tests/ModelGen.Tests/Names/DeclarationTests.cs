using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Conformance;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Support;
using ModelGen.Tests.Frontend;

namespace ModelGen.Tests.Names;

/// <summary>Names that C# allows and generated code has to spell, and declarations that stand where generated ones do.</summary>
public class DeclarationTests
{
    private const string OneLayer = "readonly Layer fc = Linear(3); public Tensor Forward([Shape(4)] Tensor x) => fc(x);";

    [Fact]
    public void Members_AreThoseOfTheList()
    {
        var compilation =
            Driver.Generate(Driver.Compile("[Model(Jvp = true, GradientCheck = true)] public partial class Net { readonly Layer fc = Linear(3); "
                + "public Tensor Forward([Shape(4)] Tensor x) => fc(x); "
            + "public Tensor Loss(Tensor y, [Shape(3)] Tensor wanted) => MseLoss(y, wanted); }"));
        var members = compilation.GetTypeByMetadataName("Net")!.GetMembers()
            .Where(m => !m.IsImplicitlyDeclared && m is not IMethodSymbol { MethodKind: not MethodKind.Ordinary }
                && GeneratedText.Trees(compilation).Contains(m.DeclaringSyntaxReferences[0].SyntaxTree));

        var listed = GeneratedMembers.Of(jvp: true, gradientCheck: true).Where(m => m != GeneratedMembers.CreateGpuProgram)
            .Append(GeneratedMembers.Predict([("x", false)], "fc"));
        Assert.Equal(listed.Select(m => m.Name + "(" + string.Join(", ", m.Parameters.Select(p => p.Type.TrimEnd('?'))) + ")").Order(StringComparer.Ordinal),
            members.Select(m =>
                m.Name + "("
                    + string.Join(", ", (m as IMethodSymbol)?.Parameters.Select(p => p.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)) ?? [])
                    + ")").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("public static int NAME;")]
    [InlineData("public class NAME { }")]
    [InlineData("public int NAME => 3;")]
    [InlineData("public event Action? NAME;")]
    public async Task Member_OfAGeneratedName_IsTold(string member)
    {
        foreach (var generated in GeneratedMembers.Of(jvp: true, gradientCheck: true))
        {
            var compilation = Driver.Compile("[Model(Jvp = true, GradientCheck = true)] public partial class Net { "
                + member.Replace("NAME", generated.Name, StringComparison.Ordinal) + OneLayer + " }");

            Assert.Equal("MG1013", Assert.Single(await Driver.Analyze(compilation)).Id);
            Assert.Empty(GeneratedText.Trees(Driver.Generate(compilation)));
        }
    }

    [Fact]
    public async Task ModelOfAModel_WithTheGeneratedPartOfBoth_IsToldOnce()
    {
        var compilation = Driver.Compile("[Model] public partial class First { " + OneLayer
            + " } [Model] public partial class Net : First { public new Tensor Forward([Shape(784)] Tensor x) => x; }");

        Assert.Equal("MG1008", Assert.Single(await Driver.Analyze(Driver.Generate(compilation))).Id);
    }

    [Theory]
    [InlineData(
        "public void Predict(int n) { } public void Backward() { } void Dispose(bool all) { } public float Evaluate<T>(Batch batch, Span<float> output) => 0;")]
    [InlineData(
        "public void Predict(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c) { } public Task Jvp = null!; public int GradientCheck { get; set; }")]
    [InlineData("float IModel.Backward(Batch batch, uint stepSeed) => 0; void IDisposable.Dispose() { }")]
    [InlineData(
        "class Simd { } class Compiled { } class Description { } int kernel0, batch; const int Math = 3; class ModelGen { } class System { } enum Span { }")]
    public async Task Member_ThatIsAnother_Compiles(string members)
    {
        var compilation = Driver.Compile("using System.Threading.Tasks; [Model] public partial class Net { " + members + OneLayer + " }");

        Assert.Empty(await Driver.Analyze(compilation));
        AssertClean(compilation);
    }

    [Theory]
    [InlineData(
        "public class Base { protected readonly int size = 4; private void Dispose() { } public string Name = \"\"; public virtual void Predict(int n) { } }")]
    [InlineData("public abstract class Base(int n = 3) : IComparable { public int CompareTo(object? other) => n; class Compiled { } "
        + "protected internal class Simd { } }")]
    [InlineData("public class Base { [Obsolete] public Base() { } ~Base() { } public int this[int i] => i; "
        + "public static Base operator +(Base a, Base b) => a; public static implicit operator int(Base b) => 3; }")]
    [InlineData("public interface INet { ParameterSet Parameters { get; } int Threads { get; set; } } "
        + "public class Base : INet { ParameterSet INet.Parameters => null!; int INet.Threads { get; set; } }")]
    public async Task Model_WithABaseClass_Compiles(string parent)
    {
        var compilation = Driver.Compile(parent + " [Model] public partial class Net : Base { " + OneLayer + " }");

        Assert.Empty(await Driver.Analyze(compilation));
        AssertClean(compilation);
    }

    [Fact]
    public void Model_OfABaseWithoutAPlainConstructor_HasItsErrorInItsOwnFile()
    {
        var generated =
            Driver.Generate(Driver.Compile("public class Base(int n) { public int N => n; } [Model] public partial class Net : Base { " + OneLayer + " }"));

        var error = Assert.Single(generated.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal(("CS7036", "Test.cs"), (error.Id, error.Location.SourceTree!.FilePath));
    }

    [Theory]
    [InlineData("class")]
    [InlineData("event")]
    [InlineData("record")]
    [InlineData("file")]
    [InlineData("var")]
    [InlineData("global")]
    [InlineData("Program")]
    [InlineData("Größe")]
    [InlineData("_")]
    public async Task Name_ThatCSharpAllows_IsSpelledEverywhere(string name)
    {
        var compilation = Driver.Compile($$"""
            namespace My.@{{name}}.@event
            {
                [global::ModelGen.Module] public partial class @{{name}}Part(int @in)
                {
                    readonly global::ModelGen.Layer @out = global::ModelGen.Nn.Linear(@in);
                    public global::ModelGen.Tensor Forward(global::ModelGen.Tensor @this) => @out(@this);
                }
                [global::ModelGen.Model(GradientCheck = true)] public partial class @{{name}}
                {
                    readonly global::ModelGen.Layer @in = global::ModelGen.Nn.Linear(3), @new = global::ModelGen.Nn.Linear(4);
                    readonly @{{name}}Part @void = new(5);
                    public global::ModelGen.Tensor Forward(
                        [global::ModelGen.Shape(4)] global::ModelGen.Tensor @{{name}}, [global::ModelGen.Shape(4)] global::ModelGen.Tensor @_compiled,
                        [global::ModelGen.Shape(4)] global::ModelGen.Tensor batch)
                    {
                        global::ModelGen.Tensor @return = @void.Forward(@new(@{{name}} + _compiled) * batch);
                        return @in(@return);
                    }
                    public global::ModelGen.Tensor Loss(global::ModelGen.Tensor @else, [global::ModelGen.Classes(3)] global::ModelGen.Labels @if) =>
                        global::ModelGen.Nn.CrossEntropy(@else, @if);
                }
            }
            """);

        Assert.Empty(await Driver.Analyze(compilation));
        var text = string.Concat(GeneratedText.Trees(AssertClean(compilation)));
        Assert.All([name.Replace("\\u0061", "a", StringComparison.Ordinal), "_compiled", "batch", "if"],
            input => Assert.Contains($"Name = \"{input}\"", text, StringComparison.Ordinal));
    }

    [Fact]
    public void FileNames_AreSafeUniqueAndTheSameInAnyOrder()
    {
        string[] ids = ["A.Net", "a.net", "A.NET", "A.Net_2", "<Net>F0__Hidden", "N.A", "n.a.gpu", "N.a.ir", "N.a.Steps", "Outer+Net`1", "Aux", "com1.x",
            new('x', 400), new string('x', 399) + "y", "Größe", "A.@class", "a/b\\c:*?"];
        var names = FileNames.Of(ids);

        var files = names.Values.SelectMany(n => FileNames.Suffixes.Select(s => n + s)).ToList();
        Assert.Equal(files.Count, files.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(files, f => Assert.True(f.Length < 140 && f.All(c => char.IsLetterOrDigit(c) || c is '.' or '_'), f));
        Assert.DoesNotContain(files, f => f.Split('.')[0].ToUpperInvariant() is "AUX" or "COM1");
        Assert.Equal(names.OrderBy(n => n.Key, StringComparer.Ordinal), FileNames.Of(ids.AsEnumerable().Reverse()).OrderBy(n => n.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Model_LocalToAFile_TakesNoOthersCodeAway()
    {
        var compilation = Driver.Compile([("A.cs", "[Model] file partial class Net { " + OneLayer + " }"),
            ("B.cs", "[Model] file partial class Net { " + OneLayer + " } [Model] public partial record R;"),
            ("C.cs", "[Model] public partial class Good { " + OneLayer + " }")]);

        Assert.Equal(["MG1008", "MG1008", "MG1008"], (await Driver.Analyze(compilation)).Select(d => d.Id));
        Assert.Contains("ParameterCount = 15", AssertClean(compilation).SyntaxTrees.Single(t => t.FilePath.EndsWith("Good.g.cs", StringComparison.Ordinal))
            .ToString(), StringComparison.Ordinal);
        Assert.Equal(3, Driver.Generate(compilation, ("RunAnalyzers", "false")).GetDiagnostics().Count(d => d.Id == "CS1029"));
    }

    [Theory]
    [InlineData("Net.g.cs", "")]
    [InlineData("Net.designer.cs", "")]
    [InlineData("folder/Net.generated.cs", "")]
    [InlineData("Net.cs", "// <auto-generated/>\n")]
    public async Task Model_InAFileThatCountsAsGenerated_IsLikeAnyOther(string path, string header)
    {
        var right = Driver.Compile([(path, header + "[Model] public partial class Net { readonly Layer unused = Linear(3); " + OneLayer + " }")]);
        var wrong =
            Driver.Compile([(path, header + "[Model] public partial class Net { readonly Layer fc = Linear(3); "
                + "public Tensor Forward([Shape(4, 4, 4)] Tensor x) => fc(x); }")]);

        Assert.Empty(await Driver.Analyze(right));
        Assert.Equal(15L, Driver.Run(AssertClean(right), a => ((IModel)Activator.CreateInstance(a.GetType("Net")!)!).Info.ParameterCount));
        Assert.Empty(await Driver.Analyze(AssertClean(right)));
        Assert.Equal("MG2003", Assert.Single(await Driver.Analyze(wrong)).Id);
    }

    [Fact]
    public void Text_WithAnyLineEnd_StaysOnItsLine()
    {
        foreach (var end in new[] { "\\r", "\\n", "\\u0085", "\\u2028", "\\u2029", "\\r\\n" })
        {
            var message = Driver.Compile("[Model] public partial class Net { " + OneLayer
                + $$""" public Tensor Loss(Tensor y, [Shape(3)] Tensor wanted) => MseLoss(y, wanted, reduction: "avg{{end}}class Surprise { }"); }""");
            var comment = Driver.Compile("[Model] public partial class Net { "
                + OneLayer.Replace("fc(x)", $"fc(\"a{end}class Surprise {{ }}\".Length > 3 ? x : -x)", StringComparison.Ordinal) + " }");

            var errors = Driver.Generate(message, ("RunAnalyzers", "false"));
            Assert.Equal("CS1029", Assert.Single(errors.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error).Id);
            Assert.Null(errors.GetTypeByMetadataName("Surprise"));
            Assert.Null(AssertClean(comment).GetTypeByMetadataName("Surprise"));
        }
    }

    [Theory]
    [InlineData("fc", "f c")]
    [InlineData("fc", "fc;class Surprise{}")]
    [InlineData("Part", "Part\u2028")]
    [InlineData("width", "9")]
    [InlineData("hidden", "hid\nden")]
    [InlineData("Lib", "Lib..x")]
    public void Description_WithNamesThatAreNone_IsNotRead(string name, string other)
    {
        var text =
            IrText.Write(Driver.Lower(Driver.Compile("namespace Lib; [Module] public partial class Part(int width) { readonly Layer fc = Linear(width); "
                + "public Tensor Forward(Tensor x) { var hidden = fc(x); return Relu(hidden); } }"), "Lib.Part")!.Ir);
        var changed = text.Replace($"{name.Length}:{name}", $"{other.Length}:{other}", StringComparison.Ordinal);

        Assert.NotNull(IrText.Read(text));
        Assert.NotEqual(text, changed);
        Assert.Null(IrText.Read(changed));
    }

    [Theory]
    [InlineData(NullableContextOptions.Disable, false, DocumentationMode.Diagnose)]
    [InlineData(NullableContextOptions.Enable, true, DocumentationMode.Diagnose)]
    public void Project_OfAnySettings_HasNoWarningInGeneratedCode(NullableContextOptions nullable, bool isChecked, DocumentationMode documentation)
    {
        var parse = new CSharpParseOptions(LanguageVersion.CSharp12, documentation);
        const string beside =
            "[assembly: System.CLSCompliant(true)] namespace System.Runtime.CompilerServices { class SkipLocalsInitAttribute : Attribute { } }";
        var compilation = Driver.Compile("").RemoveAllSyntaxTrees()
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(beside, parse, "Beside.cs"), CSharpSyntaxTree.ParseText(Collisions.Models(), parse, "Test.cs"));
        compilation = compilation.WithOptions(compilation.Options.WithNullableContextOptions(nullable).WithOverflowChecks(isChecked)
            .WithGeneralDiagnosticOption(ReportDiagnostic.Error).WithWarningLevel(9999));

        _ = CSharpGeneratorDriver.Create([new ModelGen.Generator.ModelGenerator().AsSourceGenerator()], parseOptions: parse)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);

        Assert.Empty(diagnostics);
        Assert.Empty(generated.GetDiagnostics().Where(d => d.Location.SourceTree is { } t && GeneratedText.Trees(generated).Contains(t)));
    }

    [Fact]
    public void Project_ThatChecksOverflow_ComputesTheSame()
    {
        const string source = """
            [Model(GradientCheck = true)] public partial class Net
            {
                readonly Layer conv = Conv2d(4, 3, stride: 2, padding: 2), drop = Dropout(0.5f), fc = Linear(3);
                public Tensor Forward([Shape(2, 7, 7)] Tensor x) => fc(Flatten(drop(MaxPool2d(conv(x), 3, stride: 2, padding: 1))));
                public Tensor Loss(Tensor y, [Classes(3)] Labels kind) => CrossEntropy(y, kind);
            }
            """;
        float Loss(bool isChecked)
        {
            var compilation = Driver.Compile(source);
            compilation = Driver.Generate(compilation.WithOptions(compilation.Options.WithOverflowChecks(isChecked)));
            Assert.Equal(isChecked, GeneratedText.Trees(compilation).Any(t => t.ToString().Contains("unchecked", StringComparison.Ordinal)));
            return Driver.Run(compilation, assembly =>
            {
                using var instance = (IDisposable)Activator.CreateInstance(assembly.GetType("Net")!)!;
                var model = (IGradientCheckModel)instance;
                using var batch = new Batch(model.Info, 5) { Count = 5 };
                for (var i = 0; i < batch.Floats(0).Length; i++) batch.Floats(0)[i] = MathF.Sin(i);
                Assert.True(model.GradientCheck(batch).Passed());
                return model.Backward(batch, 0xFFFF1234u);
            });
        }

        Assert.Equal(Loss(false), Loss(true));
    }

    private static CSharpCompilation AssertClean(CSharpCompilation compilation)
    {
        var generated = Driver.Generate(compilation);
        Assert.Equal("", string.Join("\n", GeneratedText.Complaints(generated)));
        return generated;
    }
}
