using ModelGen.Tests.Frontend;

namespace ModelGen.Tests.Surface;

/// <summary>The methods of <see cref="Nn"/>, the attributes and their lines in the list of public members are what the catalogue of ops says.</summary>
public class SurfaceTests
{
    private static readonly string s_runtime = Path.GetFullPath(Path.Combine(DiagnosticPageTests.Folder(), "../../runtime/ModelGen"));

    private static readonly bool s_accept = Environment.GetEnvironmentVariable("VERIFY_ACCEPT") == "1";

    [Fact]
    public void Files_AreThoseOfTheCatalogue()
    {
        var folder = Path.Combine(s_runtime, "Declaration");
        var written = SurfaceFiles.Write();
        var stale = Directory.GetFiles(Path.Combine(folder, SurfaceFiles.Attributes)).Select(path => $"{SurfaceFiles.Attributes}/{Path.GetFileName(path)}")
            .Where(file => !written.ContainsKey(file)).ToList();
        var old = written.Where(f => !File.Exists(Path.Combine(folder, f.Key)) || File.ReadAllText(Path.Combine(folder, f.Key)) != f.Value).ToList();
        if (s_accept)
        {
            foreach (var file in old) File.WriteAllText(Path.Combine(folder, file.Key), file.Value);
            foreach (var file in stale) File.Delete(Path.Combine(folder, file));
            return;
        }

        Assert.True(old.Count == 0, $"Not as the catalogue of ops says: {string.Join(", ", old.Select(f => f.Key))}. {Advice}");
        Assert.True(stale.Count == 0, $"Of no op of the catalogue: {string.Join(", ", stale)}. {Advice}");
    }

    [Fact]
    public void PublicApi_ListsWhatTheFilesDeclare()
    {
        var path = Path.Combine(s_runtime, "PublicApi", "PublicAPI.Unshipped.txt");
        var text = File.ReadAllText(path);
        var written = PublicApiFile.Write(text, File.ReadAllLines(Path.Combine(s_runtime, "PublicApi", "PublicAPI.Shipped.txt")),
            Path.Combine(s_runtime, "Declaration"));
        if (s_accept && text != written) File.WriteAllText(path, written);

        Assert.True(s_accept || text == written, $"{path} does not list what the catalogue of ops says. {Advice}");
    }

    private static string Advice => "Change the op, run this class of tests with VERIFY_ACCEPT=1 and read what changed.";
}
