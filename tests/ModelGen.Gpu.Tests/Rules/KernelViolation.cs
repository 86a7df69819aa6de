using Microsoft.CodeAnalysis;

namespace ModelGen.Gpu.Tests.Rules;

/// <summary>One place where emitted code breaks a rule.</summary>
public sealed record KernelViolation(KernelRule Rule, string Method, string Message, Location Location)
{
    /// <summary>Writes <c>LeNet.g.cs(12): BannedCall in ReluForward: …</c>.</summary>
    public override string ToString()
    {
        var line = Location.GetLineSpan();
        return $"{line.Path}({line.StartLinePosition.Line + 1}): {Rule} in {Method}: {Message}";
    }
}
