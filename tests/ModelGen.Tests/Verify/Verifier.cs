#if !VERIFY
using System.Runtime.CompilerServices;
using VerifyTests;

namespace VerifyXunit;

/// <summary>Stands in for the entry point of Verify.Xunit.</summary>
public static class Verifier
{
    /// <summary>Compares a text with the snapshot of the calling test.</summary>
    public static SettingsTask Verify(string target, string extension = "txt", [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "") =>
        new(sourceFile, method, target, extension);
}
#endif
