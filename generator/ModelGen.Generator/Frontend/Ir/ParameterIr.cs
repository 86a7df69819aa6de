using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Ir;

/// <summary>A parameter of a constructor or method.</summary>
/// <param name="Sizes">From [Shape] (or [Classes] for labels), without the batch axis.</param>
/// <param name="HasShape">There is a [Shape], perhaps an empty one.</param>
/// <param name="Classes">From [Classes]; 0 without.</param>
/// <param name="Default">The value of an omitted argument, or null where one is required.</param>
internal sealed record ParameterIr(
    string Name, ParameterTypeIr Type, EquatableArray<int> Sizes, bool HasShape, int Classes, IrNode? Default, int Ordinal)
{
    /// <summary>Shape and classes follow from the model's output: the target of a loss in class form.</summary>
    public bool IsInferred { get; init; }
}
