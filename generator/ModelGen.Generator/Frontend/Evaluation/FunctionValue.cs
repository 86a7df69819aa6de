using ModelGen.Generator.Frontend.Ir;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>A lambda, local function or method as a value.</summary>
/// <param name="Body">The lambda node, or null for a method.</param>
/// <param name="Method">The id of a method, or <c>Nn.Name</c> for an op.</param>
/// <param name="Target">The module of an instance method.</param>
/// <param name="Scope">The variables the lambda sees.</param>
/// <param name="Frame">Where it was made: its code belongs to that module.</param>
internal sealed record FunctionValue(IrNode? Body, string Method, ModuleValue? Target, Scope Scope, Frame Frame);
