using System.Diagnostics;

namespace ModelGen.Tests.Runtime;

/// <summary>Tests again on a processor with less: the instruction set is fixed when a process starts, so they run in a child.</summary>
internal static class OtherProcessor
{
    /// <summary>Runs some tests of this assembly and asserts that they pass.</summary>
    /// <param name="off">The runtime's switch that takes instructions away.</param>
    /// <param name="tests">Parts of the names of the tests.</param>
    /// <param name="environment">More variables of the child.</param>
    public static async Task RunTests(string off, IEnumerable<string> tests, params (string Name, string Value)[] environment)
    {
        var filter = "--TestCaseFilter:" + string.Join('|', tests.Select(name => "FullyQualifiedName~" + name));
        var start = new ProcessStartInfo("dotnet", ["vstest", typeof(OtherProcessor).Assembly.Location, filter])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment[off] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Contains("Passed", output, StringComparison.Ordinal);
    }
}
