extern alias digits;
using digits::Samples;
using Digits;

namespace ModelGen.Samples.Tests.Digits;

public sealed class OutputFolderTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("digits-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Open_MakesTheFolderAndLeavesItEmpty()
    {
        string path = Path.Combine(_root, "a", "b");
        OutputFolder.Open(path);
        Assert.Empty(Directory.GetFileSystemEntries(path));
    }

    [Fact]
    public void Open_AFile_SaysSo()
    {
        string path = Path.Combine(_root, "file");
        File.WriteAllText(path, "");
        var error = Assert.Throws<UsageException>(() => OutputFolder.Open(path));
        Assert.Equal($"--out {path}: expected a folder, found a file", error.Message);
    }

    [Fact]
    public void Open_BelowAFile_NamesTheOption()
    {
        string file = Path.Combine(_root, "file"), path = Path.Combine(file, "below");
        File.WriteAllText(file, "");
        var error = Assert.Throws<UsageException>(() => OutputFolder.Open(path));
        Assert.StartsWith($"--out {path}: expected a folder that can be written", error.Message, StringComparison.Ordinal);
    }
}
