using ModelGen.Ilgpu.Tests.Ptx;
using ModelGen.Ilgpu.Tests.Rules;
using Xunit.Abstractions;

namespace ModelGen.Ilgpu.Tests.Texts;

/// <summary>The rules for what ILGPU makes of every emitted kernel, as PTX and as OpenCL.</summary>
public sealed class KernelTextTests(ITestOutputHelper log)
{
    public static TheoryData<string> Models => [.. AllKernels.Models];

    [Theory]
    [MemberData(nameof(Models))]
    public void Kernels_OfAModel_CompileWithoutATrap(string model)
    {
        var kernels = AllKernels.Sources.Where(k => k.Model == model).ToList();
        Assert.NotEmpty(kernels);
        // For sass.py, which says what a device makes of them.
        if (Environment.GetEnvironmentVariable("MODELGEN_SHOW") is { Length: > 0 } folder)
        {
            foreach (var kernel in kernels)
                File.WriteAllText(Path.Combine(folder, $"{model.Replace('/', '.')}.{kernel.Name}.ptx"), AllKernels.Texts[kernel.Key].Ptx);
        }

        Assert.Empty(kernels.SelectMany(k => AllKernels.Texts[k.Key] is { Error: { } error } ? [error] : PtxTraps.Find(AllKernels.Texts[k.Key].Ptx),
            (k, trap) => $"{k.Name} {trap}"));
    }

    [Fact]
    public void SharedMemory_IsNeverOverwrittenWhileItIsRead() => AtMost(OpenFaults.KernelsThatRace, BarrierRule.Find);

    [Fact]
    public void Loops_DoNotDivide() => AtMost(OpenFaults.KernelsThatDivideInALoop, LoopRule.Find);

    private void AtMost(int most, Func<IReadOnlyList<TextStep>, IReadOnlyList<string>> rule)
    {
        var found = new List<string>();
        foreach (var kernel in AllKernels.Sources.DistinctBy(k => k.Key))
        {
            var text = AllKernels.Texts[kernel.Key];
            var findings = rule(PtxReader.Read(text.Ptx)).Select(f => "PTX " + f).Concat(rule(ClReader.Read(text.Cl)).Select(f => "OpenCL " + f)).ToList();
            if (findings.Count > 0) found.Add($"{kernel.Model} {kernel.Name}: {findings[0]}");
        }

        log.WriteLine($"{found.Count} of {AllKernels.Texts.Count} different kernels, {most} allowed");
        Assert.True(found.Count <= most, $"{found.Count} kernels, {most} allowed:\n" + string.Join("\n", found.Take(20)));
    }
}
