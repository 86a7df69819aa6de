using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelGen.GeneratedText;

/// <summary>The difference between two sets of generated files.</summary>
internal static partial class Comparison
{
    /// <summary>Prints a line for each file that differs, and returns 1 where any does.</summary>
    public static int Run(DirectoryInfo before, DirectoryInfo after, bool showsLines)
    {
        DirectoryInfo first = FilesOf(before), second = FilesOf(after);
        int same = 0, changed = 0;
        foreach (var name in Names(first).Union(Names(second)).Order(StringComparer.Ordinal))
        {
            string[] old = Lines(first, name), now = Lines(second, name);
            if (old.AsSpan().SequenceEqual(now))
            {
                same++;
                continue;
            }
            if (changed++ == 0)
                Console.WriteLine("| file | lines | only before | only after | kernels | schedules that differ |\n| --- | ---: | ---: | ---: | ---: | ---: |");
            List<string> gone = Without(old, now), added = Without(now, old);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {old.Length} → {now.Length} | {gone.Count} | {added.Count} | {old.Count(IsKernel)} → {now.Count(IsKernel)} "
                    + $"| {added.Count(l => Schedule().IsMatch(l))} |"));
            if (!showsLines) continue;
            foreach (var line in gone) Console.WriteLine("- " + line);
            foreach (var line in added) Console.WriteLine("+ " + line);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{changed} files differ, {same} are the same."));
        return changed == 0 ? 0 : 1;
    }

    // A checkout is asked for its files; its own tool writes them, with its own compiler and models.
    private static DirectoryInfo FilesOf(DirectoryInfo given)
    {
        if (!File.Exists(Path.Combine(given.FullName, "ModelGen.sln"))) return given;
        var folder = Directory.CreateTempSubdirectory("modelgen-text-");
        var start = new ProcessStartInfo("dotnet",
            ["run", "-c", "Release", "--project", Path.Combine(given.FullName, "tests", "ModelGen.GeneratedText"), "--", "write", folder.FullName]);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0 ? folder : throw new InvalidOperationException($"The files of '{given.FullName}' could not be generated.");
    }

    private static IEnumerable<string> Names(DirectoryInfo folder) =>
        folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder.FullName, f.FullName));

    private static string[] Lines(DirectoryInfo folder, string name) =>
        Path.Combine(folder.FullName, name) is var path && File.Exists(path) ? File.ReadAllLines(path) : [];

    // The lines of one file that another does not have, or not as often.
    private static List<string> Without(IEnumerable<string> lines, IEnumerable<string> others)
    {
        var left = others.CountBy(l => l).ToDictionary();
        return lines.Where(l => !(left.TryGetValue(l, out var count) && count > 0 && (left[l] = count - 1) >= 0)).ToList();
    }

    private static bool IsKernel(string line) => Kernel().IsMatch(line);

    // What call lists call: Conv1_Forward_Relu, and Kernel7_Conv2d_Relu of checkouts before that.
    [GeneratedRegex(@"^\s*(private|internal|public) static void ([A-Z]\w*_\w+|Kernel\d+)\((in StepContext|Index|Array|$|\w+View)")]
    private static partial Regex Kernel();

    [GeneratedRegex(@"^\s*// Schedule: ")]
    private static partial Regex Schedule();
}
