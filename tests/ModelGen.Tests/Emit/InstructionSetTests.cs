using System.Runtime.Intrinsics.X86;
using ModelGen.Tests.Runtime;

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
        string[] compared = [nameof(CpuEmitterTests.EmittedModel_MatchesInterpreter), nameof(RandomNetworkTests),
            nameof(RandomProgramTests.Programs_MatchInterpreter)];
        await OtherProcessor.RunTests(off, compared, (CompiledModels.Variable, CompiledModels.Folder));
    }
}
