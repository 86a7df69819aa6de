#if !VERIFY
namespace VerifyTests;

/// <summary>The part of Verify that these tests use, under its names and with its file conventions, for machines whose feed lacks the package:
/// <c>Class.Method_parameters.verified.txt</c> is the accepted text, <c>.received.</c> what was got. <c>VERIFY_ACCEPT=1</c> accepts.</summary>
public sealed class SettingsTask(string sourceFile, string method, string target, string extension)
{
    private string _directory = "";
    private string? _parameters;

    /// <summary>The folder of the files, relative to the test's source.</summary>
    public SettingsTask UseDirectory(string directory)
    {
        _directory = directory;
        return this;
    }

    /// <summary>Distinguishes the cases of a theory.</summary>
    public SettingsTask UseTextForParameters(string text)
    {
        _parameters = text;
        return this;
    }

    /// <summary>Compares.</summary>
    public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => ToTask().GetAwaiter();

    /// <summary>Compares.</summary>
    public async Task ToTask()
    {
        var folder = Path.Combine(Path.GetDirectoryName(sourceFile)!, _directory);
        var name = Path.GetFileNameWithoutExtension(sourceFile) + "." + method + (_parameters is null ? "" : "_" + _parameters);
        var verified = Path.Combine(folder, $"{name}.verified.{extension}");
        var received = Path.Combine(folder, $"{name}.received.{extension}");
        var actual = Normal(target);
        var expected = File.Exists(verified) ? Normal(await File.ReadAllTextAsync(verified)) : null;
        if (expected == actual)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(folder);
        if (Environment.GetEnvironmentVariable("VERIFY_ACCEPT") == "1")
        {
            await File.WriteAllTextAsync(verified, actual + "\n");
            File.Delete(received);
            return;
        }

        await File.WriteAllTextAsync(received, actual + "\n");
        throw new VerifyException(expected is null
            ? $"New: {received}. Read it and accept it with VERIFY_ACCEPT=1, or rename it to {Path.GetFileName(verified)}."
            : $"Not equal: {received} and {Path.GetFileName(verified)}, from {FirstDifference(expected, actual)}");
    }

    private static string Normal(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\uFEFF').TrimEnd('\n');

    private static string FirstDifference(string expected, string actual)
    {
        string[] e = expected.Split('\n'), a = actual.Split('\n');
        var i = 0;
        while (i < e.Length && i < a.Length && e[i] == a[i]) i++;
        return $"line {i + 1}:\n- {(i < e.Length ? e[i] : "(end)")}\n+ {(i < a.Length ? a[i] : "(end)")}";
    }
}
#endif
