using System.Runtime.Loader;
using ModelGen.Tests.Zoo;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>What a model is before it is trained.</summary>
public class NewModelTests
{
    // In full size they are the same modules.
    public static TheoryData<string> Names =>
        [.. ModelSources.All.Keys.Where(n => ZooModels.Small.ContainsKey(n) || n.StartsWith("samples/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void NewModel_HasWeightsFromItsSeed(string name)
    {
        var context = new AssemblyLoadContext(name, isCollectible: true);
        using var image = new MemoryStream([.. ModelSources.Image(name)]);
        var types = context.LoadFromStream(image).GetTypes().Where(t => typeof(IModel).IsAssignableFrom(t)).ToList();
        Assert.NotEmpty(types);
        foreach (var type in types)
        {
            IModel New(ulong seed) => (IModel)Activator.CreateInstance(type, seed)!;
            IModel first = New(7), again = New(7), other = New(8);
            Assert.Equal(first.Parameters.ReadOnlyValues.ToArray(), again.Parameters.ReadOnlyValues.ToArray());
            Assert.Equal(first.Parameters.ReadOnlyBuffers.ToArray(), again.Parameters.ReadOnlyBuffers.ToArray());
            foreach (var weight in first.Parameters.Where(p => !p.IsBuffer && p.Shape.Count >= 2))
            {
                // All zero, all of its outputs would be equal and no gradient would reach what is before it.
                Assert.True(weight.ReadOnlyValues.ContainsAnyExcept(0f), $"{type.Name}: {weight.Path} is zero.");
                Assert.False(weight.ReadOnlyValues.SequenceEqual(other.Parameters[weight.Path].ReadOnlyValues),
                    $"{type.Name}: {weight.Path} does not depend on the seed.");
            }
        }
        context.Unload();
    }

    [Fact]
    public void ModelWithErrors_IsTakenBySessions_SoThatItsOwnErrorsAreTheOnlyOnes()
    {
        var compilation = GeneratedAssembly.Compile([GeneratedAssembly.Usings, """
            [Model, Input(1, 28, 28), Conv2d(6, 50), Flatten, Linear(10), CrossEntropyLoss]
            public partial class Wrong;
            public static class User
            {
                public static ModelGen.Gpu.GpuSession<Wrong> Session(ModelGen.Gpu.GpuDevice device) => new(new Wrong(), device);
            }
            """]);

        Assert.Contains(compilation.SyntaxTrees, t => t.ToString().Contains("Wrong has errors", StringComparison.Ordinal));
        Assert.DoesNotContain(compilation.GetDiagnostics(), d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }
}
