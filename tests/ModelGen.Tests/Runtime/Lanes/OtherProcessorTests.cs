using System.Runtime.Intrinsics.X86;

namespace ModelGen.Tests.Runtime;

/// <summary>The runtime's vector code on a processor with less. A class of its own: it takes long, and runs beside the others.</summary>
public class OtherProcessorTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableAVX")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task VectorCode_OnOtherInstructionSets_PassesItsTests(string off)
    {
        // Without it they ran so already.
        if (off == "DOTNET_EnableAVX512" && !Avx512F.IsSupported) return;
        Type[] tests = [typeof(LanesTests), typeof(VectorMathTests), typeof(RowTests), typeof(PanelsTests), typeof(TranspositionTests)];
        // .NET 8 has another name for it.
        await OtherProcessor.RunTests(off, tests.Select(t => t.FullName + "."), ("DOTNET_EnableAVX512F", off == "DOTNET_EnableAVX512" ? "0" : "1"));
    }
}
