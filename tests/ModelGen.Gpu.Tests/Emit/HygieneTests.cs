using ModelGen.Conformance;
using ModelGen.Tests.Names;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>Names of the person's never meet those of generated kernels, as on the CPU.</summary>
public class HygieneTests
{
    private static readonly Lazy<IReadOnlyCollection<string>> s_words =
        new(() => Collisions.Free(GeneratedText.Words(GeneratedAssembly.Compile([Collisions.Models()]))));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Names_OfGeneratedCode_MayBeThePersonsToo(bool asNamespaces)
    {
        var names = s_words.Value;
        Assert.Superset(new HashSet<string> { "ArrayView", "KernelMath", "Group", "ILGPU", "Math", "ModelGen", "System", "Utilities", "XMath" },
            names.ToHashSet());

        var compilation = GeneratedAssembly.Compile([asNamespaces ? Collisions.AmongNamespaces(names) : Collisions.AmongClasses(names)]);

        Assert.Equal(19, GeneratedText.Trees(compilation).Count());
        Assert.Equal("", string.Join("\n", GeneratedText.Complaints(compilation)));
    }

    [Fact]
    public void Project_ThatChecksOverflow_HasKernelsWithoutChecks()
    {
        var compilation = GeneratedAssembly.Compile([Collisions.Models()], checkOverflow: true);

        Assert.Equal("", string.Join("\n", GeneratedText.Complaints(compilation)));
        Assert.All(GeneratedText.Trees(compilation).Where(t => t.FilePath.EndsWith(".gpu.g.cs", StringComparison.Ordinal)),
            t => Assert.Contains("unchecked", t.ToString(), StringComparison.Ordinal));
    }
}
