namespace Samples;

/// <summary>The folder that receives the results.</summary>
internal sealed class OutputFolder
{
    readonly string _path;

    OutputFolder(string path) => _path = path;

    /// <summary>Makes the folder if need be and proves that it can be written, before any time is spent on training.</summary>
    /// <exception cref="UsageException">It cannot be made or written.</exception>
    public static OutputFolder Open(string path)
    {
        if (File.Exists(path))
            throw new UsageException($"--out {path}: expected a folder, found a file");
        try
        {
            Directory.CreateDirectory(path);
            string probe = Path.Combine(path, $".probe-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--out {path}: expected a folder that can be written; {e.Message}");
        }
        return new OutputFolder(path);
    }

    /// <summary>The path of a file in the folder.</summary>
    public string PathOf(string fileName) => Path.Combine(_path, fileName);
}
