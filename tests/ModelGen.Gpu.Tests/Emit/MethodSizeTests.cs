using Xunit.Abstractions;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>No generated method comes near the sizes at which the JIT stops optimizing: some 39 KB of IL, or a thousand vector statements.</summary>
public class MethodSizeTests(ITestOutputHelper log)
{
    private const int MostBytes = 32_000, MostIntrinsics = 800;

    public static TheoryData<string> Names => [.. ModelSources.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Methods_OfAModel_StayBelowTheLimitsOfTheJit(string name)
    {
        var sizes = MethodSize.Of(ModelSources.Image(name));

        foreach (var size in sizes.OrderByDescending(s => s.Bytes).Take(3).Concat(sizes.OrderByDescending(s => s.Intrinsics).Take(1)))
            log.WriteLine(size.ToString());
        Assert.Contains(sizes, s => s.Intrinsics > 0);
        Assert.Contains(sizes, s => s.Name.Contains("GpuKernels", StringComparison.Ordinal));
        Assert.All(sizes, s => Assert.True(s.Bytes < MostBytes && s.Intrinsics < MostIntrinsics, s.ToString()));
    }
}
