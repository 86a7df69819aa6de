namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>The runtime's Size2 or Size3 given by its components.</summary>
internal sealed record SizesValue(Support.EquatableArray<int> Sizes);
