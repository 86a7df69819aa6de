namespace ModelGen;

/// <summary><see cref="Nn.LearnedPositions"/> as a step of a network in class form.</summary>
/// <param name="maxLength">The most steps.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LearnedPositionsAttribute(int maxLength) : LayerAttribute
{
    /// <summary>The most steps.</summary>
    public int MaxLength { get; } = maxLength;
}
