namespace ModelGen.Benchmarks.Tests;

/// <summary>The scripts that set ModelGen beside its peers. Where there is no Python or no shell, there is nothing to test.</summary>
public sealed class CompareTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("compare-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void SeveralPeers_HaveALineEach_WithTheirBestVariant()
    {
        string[]? lines = Compare("""
            {"peer":"modelgen","case":"infer_C_b1","threads":1,"median_us":10}
            {"peer":"onnxruntime-1","case":"infer_C_b1","threads":1,"median_us":40}
            {"peer":"pytorch-1","case":"infer_C_b1_eager","threads":1,"median_us":90}
            {"peer":"pytorch-1","case":"infer_C_b1_jit_freeze","threads":1,"median_us":70}
            {"peer":"modelgen","case":"infer_C_b1","threads":1,"median_us":20}
            {"peer":"onnxruntime-1","case":"infer_C_b1","threads":1,"median_us":100}
            {"peer":"pytorch-1","case":"infer_C_b1_eager","threads":1,"median_us":200}
            {"peer":"pytorch-1","case":"infer_C_b1_jit_freeze","threads":1,"median_us":100}
            """);
        if (lines is null)
            return;
        Assert.Equal(
            [
                "infer_C_b1 1 15.000 70.000 4.50 4.00..5.00 onnxruntime-1",
                "infer_C_b1 1 15.000 85.000 6.00 5.00..7.00 pytorch-1 jit_freeze",
            ],
            lines.Skip(1));
    }

    [Fact]
    public void Memory_IsATableOfItsOwn_WithThePeersWhereTheyTell()
    {
        string[]? lines = Compare("""
            {"peer":"modelgen","case":"train_A","threads":1,"median_us":1,"peak_mb":33.25,"workspace_mb":0.0029}
            {"peer":"modelgen","case":"train_B","threads":1,"median_us":10,"peak_mb":40.4,"workspace_mb":0.3125}
            {"peer":"pytorch-1","case":"train_B_eager","threads":1,"median_us":20}
            {"peer":"pytorch-1","case":"train_B_eager","threads":1,"peak_mb":233.2}
            """);
        if (lines is null)
            return;
        Assert.Equal("train_B 1 10.000 20.000 2.00 2.00..2.00 pytorch-1 eager", lines[1]);
        Assert.Equal("case threads modelgen MB workspace MB peer MB the peer", lines[2]);
        Assert.Equal(["train_A 1 33.2 0.003", "train_B 1 40.4 0.312 233.2 pytorch-1 eager"], lines.Skip(3));
    }

    [Fact]
    public void WrongResult_IsNamed()
    {
        string[]? lines = Compare("""
            {"peer":"modelgen","case":"train_A","threads":1,"median_us":1,"wrong":true}
            {"peer":"pytorch-1","case":"train_A_eager","threads":1,"median_us":20}
            """);
        if (lines is not null)
            Assert.EndsWith("WRONG RESULT", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Script_WithoutAPeer_SaysWhatIsMissing()
    {
        AssertRefused("no torch_bench.py in");
        AssertRefused("no ort_bench.js in", ("SUITES", "infer"), ("ORT_DIR", _folder));
        AssertRefused("ONNX Runtime is a peer of the suite infer only, got SUITES 'train'", ("SUITES", "train"), ("ORT_DIR", _folder));
        AssertRefused("there is no peer to compare with", ("TORCH", ""));
        File.WriteAllText(Path.Combine(_folder, "ort_bench.js"), "");
        AssertRefused("no .onnx file of the cases BC in", ("SUITES", "infer train"), ("ORT_DIR", _folder));
        File.WriteAllText(Path.Combine(_folder, "C.onnx"), "");
        AssertRefused("finds no package onnxruntime-node; set NODE_PATH", ("SUITES", "infer"), ("ORT_DIR", _folder), ("NODE", "false"));
    }

    void AssertRefused(string message, params (string, string)[] environment)
    {
        if (OperatingSystem.IsWindows())
            return;
        (string, string)[] unset = [("SUITES", ""), ("ORT_DIR", ""), ("PEERS", ""), ("TORCH", "1")];
        Command run = Command.Run("sh", [Path.Combine(Command.Folder, "compare.sh"), "BC", "1", "1", _folder], [.. unset, .. environment])!;
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
    }

    // The rows of the tables with one blank between cells; null without Python.
    string[]? Compare(string results)
    {
        string file = Path.Combine(_folder, "results");
        File.WriteAllText(file, results);
        Command? run = Command.Run("python3", [Path.Combine(Command.Folder, "compare.py"), file]);
        if (run is null)
            return null;
        Assert.Equal("", run.Error);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
    }
}
