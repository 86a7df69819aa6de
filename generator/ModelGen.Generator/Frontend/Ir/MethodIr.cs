using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Ir;

/// <summary>A method, property getter or static helper.</summary>
/// <param name="Id">The signature (<c>Forward(ModelGen.Tensor)</c>); for a static method the documentation id.</param>
/// <param name="ResultNames">The names of the elements of the tuple it returns; none where they have none.</param>
internal sealed record MethodIr(
    string Id, string Name, EquatableArray<ParameterIr> Parameters, IrNode Body, int Ordinal, EquatableArray<string> ResultNames = default);
