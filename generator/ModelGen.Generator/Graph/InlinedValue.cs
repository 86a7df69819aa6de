namespace ModelGen.Generator.Graphs;

/// <summary>What is left of a node that is computed inside of another one.</summary>
/// <param name="Purpose">What it was for.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="Differentiates">See <see cref="Node.Differentiates"/>.</param>
internal sealed record InlinedValue(Purpose Purpose, Origin Origin, int Differentiates);
