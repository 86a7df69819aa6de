namespace ModelGen.Generator.Frontend.Ir;

/// <summary>A field, automatic property or static field.</summary>
/// <param name="Name">For a static field of another type: its id.</param>
/// <param name="Initializer">Null where there is none.</param>
internal sealed record FieldIr(string Name, IrNode? Initializer, int Ordinal);
