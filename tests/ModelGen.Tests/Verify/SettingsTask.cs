#if !VERIFY
using System.Runtime.CompilerServices;

namespace VerifyTests;

/// <summary>Stands in for the type of Verify.Xunit of this name where the package is not referenced (<c>UseVerify</c>): the same file names
/// and conventions, so that the tests and their snapshots serve both.</summary>
public sealed class SettingsTask(string sourceFile, string method, string target, string extension)
{
    private string? _directory;
    private string? _type;
    private string? _parameters;

    /// <summary>Puts the snapshot into a folder beside the test.</summary>
    public SettingsTask UseDirectory(string directory)
    {
        _directory = directory;
        return this;
    }

    /// <summary>Names the snapshot after another class than the file of the test.</summary>
    public SettingsTask UseTypeName(string name)
    {
        _type = name;
        return this;
    }

    /// <summary>Names the snapshot after another method.</summary>
    public SettingsTask UseMethodName(string name)
    {
        method = name;
        return this;
    }

    /// <summary>Tells snapshots of a theory apart.</summary>
    public SettingsTask UseTextForParameters(string text)
    {
        _parameters = text;
        return this;
    }

    /// <summary>Compares when awaited.</summary>
    public TaskAwaiter GetAwaiter() => ToTask().GetAwaiter();

    /// <summary>Compares with <c>Class.Method_parameters.verified.ext</c>; with VERIFY_ACCEPT=1 writes it, otherwise leaves what came as
    /// <c>.received.</c> and fails.</summary>
    public Task ToTask()
    {
        var folder = Path.Combine(Path.GetDirectoryName(sourceFile)!, _directory ?? "");
        var stem = Path.Combine(folder, $"{_type ?? Path.GetFileNameWithoutExtension(sourceFile)}.{method}{(_parameters is null ? "" : "_" + _parameters)}");
        string verified = $"{stem}.verified.{extension}", received = $"{stem}.received.{extension}";
        var actual = target.Replace("\r\n", "\n");
        var expected = File.Exists(verified) ? File.ReadAllText(verified).Replace("\r\n", "\n").TrimStart('\uFEFF') : null;
        if (expected?.TrimEnd('\n') == actual.TrimEnd('\n'))
        {
            File.Delete(received);
            return Task.CompletedTask;
        }

        Directory.CreateDirectory(folder);
        if (Environment.GetEnvironmentVariable("VERIFY_ACCEPT") == "1")
        {
            File.WriteAllText(verified, actual);
            return Task.CompletedTask;
        }

        File.WriteAllText(received, actual);
        return Task.FromException(new VerifyException(expected is null
            ? $"New: {received}\nAccept with VERIFY_ACCEPT=1, or rename to {Path.GetFileName(verified)}."
            : $"NotEqual: {received}\n{FirstDifference(expected, actual)}"));
    }

    private static string FirstDifference(string expected, string actual)
    {
        string[] e = expected.Split('\n'), a = actual.Split('\n');
        var i = 0;
        while (i < e.Length && i < a.Length && e[i] == a[i]) i++;
        return $"line {i + 1}:\n- {(i < e.Length ? e[i] : "<end>")}\n+ {(i < a.Length ? a[i] : "<end>")}";
    }
}
#endif
