namespace ModelGen.Samples.Tests.Runs;

/// <summary>Runs a sample into a folder of its own and keeps what it says.</summary>
internal sealed class SampleRun : IDisposable
{
    readonly StringWriter _output = new(), _error = new();

    /// <summary>The folder that <c>--out</c> names.</summary>
    public string Out { get; } = Path.Combine(Path.GetTempPath(), $"sample-{Guid.NewGuid():N}");

    public string Output => _output.ToString().ReplaceLineEndings("\n");

    public string Error => _error.ToString().ReplaceLineEndings("\n");

    public int Run(Func<string[], TextWriter, TextWriter, CancellationToken, int> app, params string[] args) =>
        app([.. args, "--out", Out], _output, _error, CancellationToken.None);

    public string Read(string file) => File.ReadAllText(Path.Combine(Out, file));

    public void Dispose()
    {
        if (Directory.Exists(Out))
            Directory.Delete(Out, recursive: true);
    }
}
