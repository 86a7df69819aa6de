namespace ModelGen.Conformance;

/// <summary>A case whose model is to be compiled.</summary>
/// <param name="Operator">The row of the table.</param>
internal sealed record CompiledCase(ConformanceCase Case, CaseDescription Description, ModelSource Source, string Operator);
