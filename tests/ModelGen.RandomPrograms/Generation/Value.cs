namespace ModelGen.RandomPrograms;

/// <summary>A tensor of a program, or labels, with its name in the source.</summary>
/// <param name="Sizes">Without the batch axis.</param>
/// <param name="PerSample">Whether there is a batch axis before them.</param>
/// <param name="Classes">For labels: they are below this. 0 for numbers.</param>
internal sealed record Value(string Name, IReadOnlyList<int> Sizes, bool PerSample, int Classes = 0)
{
    public int Rank => Sizes.Count + First;

    /// <summary>The number of the first axis whose size is known.</summary>
    public int First => PerSample ? 1 : 0;

    /// <summary>Elements of one sample.</summary>
    public int Length => Sizes.Aggregate(1, (p, s) => p * s);

    public bool HasShapeOf(Value other) => PerSample == other.PerSample && Classes == other.Classes && Sizes.SequenceEqual(other.Sizes);
}
