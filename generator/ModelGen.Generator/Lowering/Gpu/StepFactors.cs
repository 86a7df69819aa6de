using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>The factors of a product inside the loop over steps, as its kernel reads them.</summary>
/// <param name="Rows">What a step holds.</param>
/// <param name="Columns">What is the same for every sample.</param>
/// <param name="Copy">The copy of the columns, where they do not lie together.</param>
internal sealed record StepFactors(Expr.Load Rows, Expr.Load Columns, WeightCopy? Copy);
