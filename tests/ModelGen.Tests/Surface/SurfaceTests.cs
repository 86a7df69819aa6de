using ModelGen.Generator.Ops;
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

    public static TheoryData<string> Attributes => [.. OpCatalog.All.Where(o => o.ClassForm != ClassForm.None).Select(o => o.Name)];

    // The first sample as a network that is a list of attributes.
    [Theory]
    [MemberData(nameof(Attributes))]
    public void Attribute_StandsForItsOp(string name)
    {
        var op = OpCatalog.Find(name)!;
        var sample = op.Samples[0];
        var (constructor, properties) = CSharpParameter.OfAttribute(op);
        var constants = sample.Constants.ToDictionary(c => c.Name, c => Literal(c.Value));
        var arguments = constructor.Where(p => constants.ContainsKey(p.Parameter.Name)).Select(p => constants[p.Parameter.Name])
            .Concat(properties.Where(p => constants.ContainsKey(p.Parameter.Name)).Select(p => $"{p.PropertyName} = {constants[p.Parameter.Name]}"));
        var shape = sample.Operands.First().Type.Shape.Axes.Skip(1).Select(a => a.ToString());

        var layer = $"[{AttributeFile.ClassName(op)}({string.Join(", ", arguments)})]";
        var graph = Driver.Evaluate($"[Model] [Input({string.Join(", ", shape)})] {layer} public partial class M;").Training!;

        Assert.Contains(graph.Nodes, n => n.Origin.Op == name);
    }

    private static string Literal(object value) => value switch
    {
        int[] sizes => string.Join(", ", sizes),
        double number => FormattableString.Invariant($"{number}f"),
        bool flag => flag ? "true" : "false",
        _ => FormattableString.Invariant($"{value}"),
    };

    private static string Advice => "Change the op, run this class of tests with VERIFY_ACCEPT=1 and read what changed.";
}
