using System.Diagnostics;
using System.Globalization;

namespace ModelGen.RandomPrograms;

/// <summary><c>--seeds N</c> tries N random programs and prints the shrunk source of each that fails; <c>--mutants N</c> tries N damaged sources.</summary>
internal static class EntryPoint
{
    private const int Together = 20;

    private const string Help = """
        dotnet run -c Release --project tests/ModelGen.RandomPrograms -- [options]

          --seeds N     tries N random programs (1000)
          --from S      the number of the first (0)
          --gpu         runs the GPU kernels too
          --whole       compiles the kernels of all instruction sets, not only those that run here
          --mutants N   tries N sources with random damage instead
          --sources D   damages the sources in folder D too
        """;

    public static int Main(string[] args)
    {
        if (args.Contains("--help"))
        {
            Console.WriteLine(Help);
            return 0;
        }
        int from = Number(args, "--from", 0), count = Number(args, "--seeds", 1000);
        if (args.Contains("--mutants"))
            return Mutate(from, Number(args, "--mutants", 1000), Array.IndexOf(args, "--sources") is var at and >= 0 ? args[at + 1] : null) == 0 ? 0 : 1;
        return Try(from, count, new(Gpu: args.Contains("--gpu"), OnePath: !args.Contains("--whole"))) == 0 ? 0 : 1;
    }

    private static int Mutate(int from, int count, string? folder)
    {
        var sources = Corpus.Sources(folder);
        var trials = new MutantTrials(isAlone: true);
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var clock = Stopwatch.StartNew();
        // Should nothing answer at all, the source is told before the process ends.
        var current = "";
        using var watch = new Timer(_ => { Console.WriteLine("No answer:\n" + current); Environment.Exit(2); });
        for (var i = from; i < from + count; i++)
        {
            var random = new Random(i);
            current = Mutant.Of(sources[random.Next(sources.Count)], random);
            watch.Change(TimeSpan.FromMinutes(3), Timeout.InfiniteTimeSpan);
            if (trials.Run(current).GetAwaiter().GetResult() is { } failure)
            {
                kinds[failure.Kind] = kinds.GetValueOrDefault(failure.Kind) + 1;
                if (kinds[failure.Kind] <= 10) Console.WriteLine($"== Mutant {i}: {failure}\n{current}");
            }
            if ((i + 1 - from) % 500 == 0 || i + 1 - from == count)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{i + 1 - from} mutants of {sources.Count} sources, {clock.Elapsed.TotalSeconds:F0} s: {trials.Valid} of them C# without an error, "
                        + $"{Failed(kinds)}."));
        }
        return kinds.Values.Sum();
    }

    private static int Number(string[] args, string option, int otherwise) =>
        Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

    private static int Try(int from, int count, TrialOptions options)
    {
        var trials = new ProgramTrials(options);
        var shrinker = new Shrinker(trials);
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var clock = Stopwatch.StartNew();
        for (var first = from; first < from + count; first += Together)
        {
            var programs = Enumerable.Range(first, Math.Min(Together, from + count - first))
                .Select(s => new ProgramGen().Generate(ProgramGen.Seed(s), null, out _)).ToList();
            var failures = trials.Run(programs, first);
            for (var i = 0; i < programs.Count; i++)
            {
                if (failures[i] is not { } failure) continue;
                kinds[failure.Kind] = kinds.GetValueOrDefault(failure.Kind) + 1;
                if (kinds[failure.Kind] > 3) continue;
                Console.WriteLine($"== Program {first + i}: {failure}");
                var (smallest, same) = shrinker.Shrink(first + i, programs[i], failure);
                Console.WriteLine($"{smallest}\n-- shrunk: {same.Message.Split('\n')[0]}");
            }
            var done = first + programs.Count - from;
            if (done % 200 < Together || done == count)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{done} programs{(options.Gpu ? " with GPU" : "")} on {OnePath.Name}, {clock.Elapsed.TotalSeconds:F0} s: {Failed(kinds)}. "
                        + $"{trials.Compared} numbers compared, {trials.Undecided} undecided."));
        }
        return kinds.Values.Sum();
    }

    private static string Failed(SortedDictionary<string, int> kinds) =>
        $"{kinds.Values.Sum()} failed{string.Concat(kinds.Select(k => $"; {k.Value} × {k.Key}"))}";
}
