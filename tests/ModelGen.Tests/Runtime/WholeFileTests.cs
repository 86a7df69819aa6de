using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ModelGen.Tests.Runtime;

/// <summary>Files that the library writes: whole or not at all, with the permissions and behind the links there are. Each way to write one is tried.</summary>
public sealed class WholeFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("files-").FullName;

    public static TheoryData<string> Writers() => ["weights", "optimizer", "checkpoint", "curve"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Writers))]
    public void Save_OverAFile_KeepsItsMode(string writer)
    {
        if (OperatingSystem.IsWindows()) return;
        foreach (var mode in new[] { UnixFileMode.UserRead | UnixFileMode.UserWrite, (UnixFileMode)0b111_110_100, (UnixFileMode)0b110_110_110 })
        {
            var path = At("file");
            File.WriteAllText(path, "old");
            File.SetUnixFileMode(path, mode);
            Save(writer, path);
            Assert.Equal(mode, File.GetUnixFileMode(path));
            Assert.True(new FileInfo(path).Length > 3);
            Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
        }
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void Save_ThroughLinks_WritesTheFileBehindThem(string writer)
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(At("there"));
        foreach (var exists in new[] { true, false })
        {
            var target = At("there", exists ? "old" : "new");
            if (exists) File.WriteAllText(target, "old");
            var (near, far) = (At("near" + exists), At("far" + exists));
            File.CreateSymbolicLink(near, Path.Combine("there", exists ? "old" : "new"));
            File.CreateSymbolicLink(far, near);
            Save(writer, far);
            Assert.Equal(near, new FileInfo(far).LinkTarget);
            Assert.NotNull(new FileInfo(near).LinkTarget);
            Assert.True(new FileInfo(target).Length > 3);
        }

        Assert.Equal(2, Directory.GetFiles(At("there")).Length);
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void Save_WhereNoFileCanBe_ThrowsIOException(string writer)
    {
        Assert.Contains("folder", Assert.ThrowsAny<IOException>(() => Save(writer, _folder)).Message);
        Assert.IsType<DirectoryNotFoundException>(Record.Exception(() => Save(writer, At("none", "file"))));
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains("pipe", Assert.ThrowsAny<IOException>(() => Save(writer, Pipe())).Message);
            Assert.Contains("device", Assert.ThrowsAny<IOException>(() => Save(writer, "/dev/null")).Message);
            File.CreateSymbolicLink(At("round"), At("round"));
            Assert.ThrowsAny<IOException>(() => Save(writer, At("round")));
            File.Delete(At("round"));
        }

        Assert.DoesNotContain(Directory.GetFiles(_folder), file => file != At("pipe"));
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void Save_AfterARunThatWasKilled_LeavesNothingBehind(string writer)
    {
        File.WriteAllText(At("file.saving"), "half of a f");
        Save(writer, At("file"));
        Assert.Equal([At("file")], Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void Save_FromSeveralThreads_LeavesOneWholeFile(string writer)
    {
        Save(writer, At("once"));
        var expected = File.ReadAllBytes(At("once"));
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 5; i++) Save(writer, At("file"));
        });
        Assert.Equal(expected, File.ReadAllBytes(At("file")));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder).Length);
    }

    [Fact]
    public void Write_ThatFails_LeavesTheOldFileAndNothingElse()
    {
        File.WriteAllText(At("file"), "old");
        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(At("file"), stream =>
        {
            stream.Write(new byte[100000]);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(At("file")));
        Assert.Equal([At("file")], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Write_WhileItRuns_HasNoNameOnLinux()
    {
        if (!OperatingSystem.IsLinux()
            || RuntimeInformation.ProcessArchitecture is not (System.Runtime.InteropServices.Architecture.X64
                or System.Runtime.InteropServices.Architecture.Arm64)) return;
        WholeFile.Write(At("file"), stream =>
        {
            stream.Write(new byte[100000]);
            stream.Flush();

            // A process that is killed here leaves this behind. A file system without nameless files has one with the name that the next saving replaces.
            Assert.All(Directory.GetFileSystemEntries(_folder), entry => Assert.Equal(At("file.saving"), entry));
            if (LinuxFiles.TryOpenWithoutName(_folder, UnixFileMode.UserRead) is { } nameless)
            {
                nameless.Dispose();
                Assert.Empty(Directory.GetFileSystemEntries(_folder));
            }
        });
        Assert.Equal(100000, new FileInfo(At("file")).Length);
    }

    [Fact]
    public void Load_OfWhatIsNoFile_ThrowsTheDocumentedException()
    {
        using var model = new SoftmaxRegression();
        string[] paths = OperatingSystem.IsLinux() ? [_folder, Pipe(), "/dev/zero"] : [_folder];
        foreach (var path in paths)
        {
            Assert.Throws<SafeTensorsException>(() => model.Load(path));
            Assert.Throws<SafeTensorsException>(() => new Adam().Load(path, model.Parameters));
            Assert.Throws<DataFormatException>(() => Idx.Load(path, path));
            Assert.Throws<DataFormatException>(() => Cifar.Load(path));
        }

        Assert.Throws<FileNotFoundException>(() => model.Load(At("none")));
        Assert.Throws<FileNotFoundException>(() => Cifar.Load(At("none")));
    }

    [Fact]
    public void Load_OfAZip_SaysWhatToDo()
    {
        using var model = new SoftmaxRegression();
        File.WriteAllBytes(At("net.pt"), [(byte)'P', (byte)'K', 3, 4, 0, 0, 0, 0, 0, 0]);
        Assert.Contains("this is a zip, as PyTorch's .pt files are: save with safetensors",
            Assert.Throws<SafeTensorsException>(() => model.Load(At("net.pt"))).Message);
    }

    private static void Save(string writer, string path)
    {
        using var model = new SoftmaxRegression();
        switch (writer)
        {
            case "weights": model.Save(path); break;
            case "optimizer":
                var optimizer = new Adam();
                optimizer.Step(model.Parameters);
                optimizer.Save(path);
                break;
            case "checkpoint":
                var checkpoint = new Checkpoint(path);
                checkpoint.OnStart(model);
                checkpoint.OnEpochEnd(model, new EpochResult(1, 0.5f, null, null, 1, 1, 0.1f, true));
                break;
            default:
                var history = new TrainingHistory();
                history.Add(new EpochResult(1, 0.5f, null, null, 1, 1, 0.1f, true));
                LearningCurveSvg.Save(path, history);
                break;
        }
    }

    private string Pipe()
    {
        if (!File.Exists(At("pipe")))
            Process.Start("mkfifo", At("pipe")).WaitForExit();
        return At("pipe");
    }

    private string At(params string[] parts) => Path.Combine([_folder, .. parts]);
}
