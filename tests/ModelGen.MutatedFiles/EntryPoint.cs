using System.Globalization;

namespace ModelGen.MutatedFiles;

/// <summary><c>ModelGen.MutatedFiles [--count N] [--seed N] [--reader NAME]</c>: a line for each reader; 1 where a file was not dealt with as it should
/// be.</summary>
internal static class EntryPoint
{
    private const string Usage = """
        Usage: ModelGen.MutatedFiles [--count N] [--seed N] [--reader NAME]
          --count N      mutated files for each reader, 20000 without it
          --seed N       the first seed, 0 without it; each file has the next
          --reader NAME  this reader alone
        """;

    public static int Main(string[] arguments)
    {
        var (count, seed, only) = (20_000, 0, "");
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            var isRead = arguments[i] switch
            {
                "--count" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out count),
                "--seed" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed),
                "--reader" => Readers.All.Any(r => r.Name == (only = value)),
                _ => false,
            };
            if (isRead)
                continue;
            Console.Error.WriteLine(Usage + "\nReaders: " + string.Join(", ", Readers.All.Select(r => r.Name)));
            return 2;
        }

        var failed = false;
        foreach (var reader in Readers.All.Where(r => only.Length == 0 || r.Name == only))
        {
            var result = Campaign.Run(reader, seed, count);
            Console.WriteLine(result);
            failed |= result.Failures.Count > 0;
        }

        return failed ? 1 : 0;
    }
}
