using System.Globalization;

namespace ModelGen.MutatedFiles;

/// <summary>Hands mutated files to a reader and watches what it does.</summary>
internal static class Campaign
{
    // Beside what the file holds: buffers of streams, a message.
    private const long AllowedBytes = 1 << 20;

    // A reader may hold a file's content some times over: as text, as tokens, as data.
    private const int AllowedCopies = 8;

    /// <summary>Runs mutations of consecutive seeds; the same seeds give the same files.</summary>
    public static CampaignResult Run(Reader reader, int seed, int count)
    {
        var folder = Directory.CreateTempSubdirectory("mutated-").FullName;
        var path = Path.Combine(folder, "file");
        var (refused, most, failures) = (0, 0L, new List<string>());
        try
        {
            for (var i = 0; i < count; i++)
            {
                var bytes = reader.Mutate(new Random(seed + i));
                File.WriteAllBytes(path, bytes);
                reader.Reset();
                var before = GC.GetAllocatedBytesForCurrentThread();
                Exception? thrown = null;
                try
                {
                    reader.Read(path);
                }
                catch (Exception e)
                {
                    thrown = e;
                }

                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                most = Math.Max(most, allocated);
                var failure = thrown is not null && thrown.GetType() != reader.Refusal ? thrown.ToString()
                    : thrown is not null && !reader.IsUntouched() ? "refused, but the state is changed"
                    : allocated > AllowedBytes + (AllowedCopies * Math.Max(bytes.Length, reader.LargestContent))
                    ? string.Create(CultureInfo.InvariantCulture, $"{allocated} bytes were allocated")
                    : null;
                if (failure is not null)
                    failures.Add(string.Create(CultureInfo.InvariantCulture, $"seed {seed + i}: {failure}"));
                else if (thrown is not null)
                    refused++;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return new(reader.Name, count, refused, most, failures);
    }
}
