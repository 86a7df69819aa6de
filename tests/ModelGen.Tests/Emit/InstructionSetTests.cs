using System.Diagnostics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Tests.Emit;

/// <summary>Emitted models on a processor with less. A class of its own: it takes long, and runs beside the others.</summary>
public class InstructionSetTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task OtherInstructionSets_MatchInterpreter(string off)
    {
        // Without it they ran so already.
        if (off == "DOTNET_EnableAVX512" && !Avx512F.IsSupported) return;
        // The instruction set is fixed when a process starts, so the comparisons run again in a child.
        string[] compared = [nameof(CpuEmitterTests.EmittedModel_MatchesInterpreter), nameof(RandomNetworkTests),
            nameof(RandomProgramTests.Programs_MatchInterpreter)];
        var filter = "--TestCaseFilter:" + string.Join('|', compared.Select(name => "FullyQualifiedName~" + name));
        var start = new ProcessStartInfo("dotnet", ["vstest", typeof(CpuEmitterTests).Assembly.Location, filter])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[off] = "0";
        start.Environment[CompiledModels.Variable] = CompiledModels.Folder;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Contains("Passed", output, StringComparison.Ordinal);
    }
}
