using System.Collections.Generic;

namespace ModelGen.Generator.Graphs;

/// <summary>The loss as a formula of sums over the batch, which add up over batches: the loss of a set is the formula of the sums of all its batches, however
/// it was cut into them.</summary>
/// <param name="Training">The graph in training mode with these sums.</param>
/// <param name="Evaluation">The graph in evaluation mode with these sums.</param>
/// <param name="Steps">In the order in which they are computed; the last is the loss.</param>
internal sealed record LossFormula(Graph Training, Graph Evaluation, IReadOnlyList<LossStep> Steps);
