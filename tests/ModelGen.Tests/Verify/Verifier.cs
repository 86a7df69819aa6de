#if !VERIFY
using System.Runtime.CompilerServices;

namespace VerifyXunit;

/// <summary>The entry point of Verify, see <see cref="VerifyTests.SettingsTask"/>.</summary>
public static class Verifier
{
    /// <summary>Compares a text with the accepted one.</summary>
    public static VerifyTests.SettingsTask Verify(string target, string extension = "txt", [CallerFilePath] string sourceFile = "",
        [CallerMemberName] string method = "") =>
        new(sourceFile, method, target, extension);
}
#endif
