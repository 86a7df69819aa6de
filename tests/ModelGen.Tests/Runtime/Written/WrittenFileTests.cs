namespace ModelGen.Tests.Runtime;

/// <summary>The repetitive sources of the runtime are what their writers write today.</summary>
public class WrittenFileTests
{
    public static TheoryData<string> Names => [.. WrittenFiles.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void File_IsUpToDate(string name)
    {
        var path = WrittenFiles.Path(name);
        if (Environment.GetEnvironmentVariable("VERIFY_ACCEPT") == "1") File.WriteAllText(path, WrittenFiles.All[name]);

        Assert.True(File.Exists(path) && File.ReadAllText(path) == WrittenFiles.All[name],
            $"{path} is out of date. Run this test with VERIFY_ACCEPT=1 and read what changed.");
    }
}
