// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.LearnedPositions(int, Init?)"/> as a step of a network in class form.</summary>
/// <param name="maxLength">The most steps.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LearnedPositionsAttribute(int maxLength) : LayerAttribute
{
    /// <summary>Gets the most steps.</summary>
    public int MaxLength { get; } = maxLength;

    /// <summary>
    /// Gets or sets how the weight starts: a text of <see cref="ModelGen.Init"/> such as <c>"KaimingNormal"</c>, <c>"Normal(0.02)"</c> or
    /// <c>"XavierUniform.For(Tanh)"</c>; normal with deviation 1 unless it is set.
    /// </summary>
    public string? Init { get; set; }
}
