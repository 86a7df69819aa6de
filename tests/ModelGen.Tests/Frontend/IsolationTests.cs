using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Generator;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;

namespace ModelGen.Tests.Frontend;

/// <summary>A model that cannot be compiled takes no other model's code away.</summary>
public class IsolationTests
{
    private const string Source = """
        namespace Z;
        [Module] public partial class Block { readonly Layer fc = Linear(4); public Tensor Forward(Tensor x) => fc(x); }
        [Model] public partial class First { readonly Block b = new(); public Tensor Forward([Shape(4)] Tensor x) => b.Forward(x); }
        [Model] public partial class Bad { readonly Layer fc = Linear(4); public Tensor Forward([Shape(4)] Tensor x) => fc(x); }
        [Model] public partial class Last { readonly Layer fc = Linear(4); public Tensor Forward([Shape(4)] Tensor x) => Tanh(fc(x)); }
        """;

    [Theory]
    [InlineData("an exception")]
    [InlineData("a size")]
    [InlineData("a name that is no file name")]
    [InlineData("the same name twice")]
    public void Fault_OfOneModel_LeavesTheOthersTheirCode(string fault)
    {
        IReadOnlyList<GeneratedFile> Fail() => fault switch
        {
            "an exception" => throw new InvalidOperationException("a defect"),
            "a size" => throw new OverflowException(),
            "a name that is no file name" => [new("<>:*?.g.cs", "")],
            _ => [new(".g.cs", ""), new(".g.cs", "")],
        };
        var generator = new ModelGenerator((graphs, options) => graphs.Name == "Bad" ? Fail() : ModelCompiler.Files(graphs, options));

        var result = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: Driver.Parse).RunGenerators(Driver.Compile(Source))
            .GetRunResult();

        Assert.True(result.Results[0].Exception is null, fault);
        Assert.Contains(result.Results[0].GeneratedSources, s => s.HintName == "Z.First.g.cs");
        Assert.Contains(result.Results[0].GeneratedSources, s => s.HintName == "Z.Last.g.cs");
        Assert.Contains(result.Results[0].GeneratedSources, s => s.HintName == "Z.Block.ir.g.cs");
        Assert.StartsWith("MG", Assert.Single(result.Diagnostics).Id);
    }
}
