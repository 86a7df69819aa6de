using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using ModelGen.Generator.Frontend.Diagnostics;

namespace ModelGen.Tests.Package;

/// <summary>What <c>dotnet pack</c> puts into the package of the library.</summary>
public class PackageTests
{
    [Fact]
    public void Package_HasLibraryGeneratorPagesAndSymbols()
    {
        var output = Directory.CreateTempSubdirectory("modelgen-package");
        try
        {
            Pack(output.FullName);
            using var package = ZipFile.OpenRead(Assert.Single(output.GetFiles("ModelGen.*.nupkg")).FullName);
            var files = package.Entries.Select(e => e.FullName).ToHashSet();
            string[] expected =
            [
                "analyzers/dotnet/cs/ModelGen.Generator.dll",
                "lib/net8.0/ModelGen.dll", "lib/net8.0/ModelGen.xml", "lib/net10.0/ModelGen.dll", "lib/net10.0/ModelGen.xml",
                "build/ModelGen.props", "buildTransitive/ModelGen.props", "README.md", "docs/README.md", "docs/CHANGELOG.md",
                .. Descriptors.All.Select(d => $"docs/{d.Id}.md"),
            ];
            Assert.All(expected, f => Assert.Contains(f, files));
            // The generator brings nothing along, and the library needs nothing.
            Assert.Single(files, f => f.StartsWith("analyzers/", StringComparison.Ordinal));
            using var nuspec = package.GetEntry("ModelGen.nuspec")!.Open();
            var description = XDocument.Load(nuspec).Descendants().ToLookup(e => e.Name.LocalName, e => e.Value);
            Assert.Empty(description["dependency"]);
            Assert.Equal(("MIT", "README.md"), (Assert.Single(description["license"]), Assert.Single(description["readme"])));
            using var symbols = ZipFile.OpenRead(Assert.Single(output.GetFiles("ModelGen.*.snupkg")).FullName);
            Assert.Equal(["lib/net10.0/ModelGen.pdb", "lib/net8.0/ModelGen.pdb"],
                symbols.Entries.Select(e => e.FullName).Where(f => f.EndsWith(".pdb", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }

    /// <summary>A project that takes ModelGen from its source imports the properties that the package brings, as the README says.</summary>
    [Fact]
    public void SourceProjects_HaveThePropertiesOfThePackage()
    {
        var samples = Directory.GetFiles(InRepository("samples"), "*.csproj", SearchOption.AllDirectories);
        Assert.NotEmpty(samples);
        Assert.All(samples, s =>
            Assert.Contains("../../runtime/ModelGen/build/ModelGen.props", XDocument.Load(s).Descendants("Import").Attributes("Project").Select(p => p.Value)));
        var text = Dotnet("msbuild", InRepository("samples/Spiral/Spiral.csproj"), "-getItem:CompilerVisibleProperty", "-getItem:Using",
            "-getProperty:AllowUnsafeBlocks");
        using var project = JsonDocument.Parse(text);
        IEnumerable<string?> Items(string name) => project.RootElement.GetProperty("Items").GetProperty(name).EnumerateArray()
            .Select(i => i.GetProperty("Identity").GetString());
        Assert.Contains("ModelGenShowPasses", Items("CompilerVisibleProperty"));
        Assert.Superset(new HashSet<string?> { "ModelGen", "ModelGen.Nn" }, Items("Using").ToHashSet());
        Assert.Equal("true", project.RootElement.GetProperty("Properties").GetProperty("AllowUnsafeBlocks").GetString());
    }

    private static void Pack(string output)
    {
        // The configuration these tests were built in: nothing is compiled anew.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        Dotnet("pack", InRepository("runtime/ModelGen/ModelGen.csproj"), "--no-restore", "-c", configuration, "-o", output, "--nologo", "-v", "q");
    }

    private static string Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A test host's settings are not a build's.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, text + errors.Result);
        return text;
    }

    private static string InRepository(string path, [System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../..", path));
}
