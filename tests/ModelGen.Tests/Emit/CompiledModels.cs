using System.Security.Cryptography;
using System.Text;

namespace ModelGen.Tests.Emit;

/// <summary>Assemblies of emitted texts, kept in a folder for as long as the tests run, so that child processes with other instruction
/// sets need not compile them again.</summary>
internal static class CompiledModels
{
    /// <summary>The variable that gives the folder to a child.</summary>
    public const string Variable = "MODELGEN_COMPILED_MODELS";

    /// <summary>The folder of this run.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable(Variable) ?? Created();

    /// <summary>The assembly of a text; <paramref name="compile"/> makes it where there is none yet.</summary>
    public static byte[] GetOrAdd(string text, Func<byte[]> compile)
    {
        var path = Path.Combine(Folder, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))) + ".dll");
        if (File.Exists(path)) return File.ReadAllBytes(path);
        var image = compile();
        // Whole or not at all: another process may look for it meanwhile.
        var unfinished = path + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(unfinished, image);
        File.Move(unfinished, path, overwrite: true);
        return image;
    }

    private static string Created()
    {
        var folder = Directory.CreateTempSubdirectory("modelgen-tests-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
