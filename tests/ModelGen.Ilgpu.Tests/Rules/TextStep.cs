namespace ModelGen.Ilgpu.Tests.Rules;

/// <summary>One statement of a kernel's text, as far as the rules look.</summary>
/// <param name="Text">The statement.</param>
/// <param name="Target">The step that it may branch to; -1 for none.</param>
/// <param name="FallsThrough">Whether the next step may follow.</param>
internal sealed record TextStep(string Text, int Target = -1, bool FallsThrough = true)
{
    /// <summary>Whether all threads of the group wait here.</summary>
    public bool IsBarrier { get; init; }

    /// <summary>Whether it divides integers.</summary>
    public bool Divides { get; init; }

    /// <summary>What it loads from shared memory or stores there.</summary>
    public SharedAccess? Access { get; init; }
}
