using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Graphs;

/// <summary>One value on the way from the sums to the loss.</summary>
/// <param name="Node">Its number in the graph of evaluation.</param>
/// <param name="Sum">Which of the graph's sums it is, or -1 for one that <paramref name="Body"/> computes from values before it.</param>
/// <param name="IsMean">True for a sum that stands for its mean over the samples.</param>
/// <param name="Body">A formula of numbers alone: earlier values, N and constants.</param>
internal sealed record LossStep(int Node, int Sum, bool IsMean, Expr? Body);

/// <summary>The loss as a formula of sums over the batch, which add up over batches: the loss of a set is the formula of the sums of all its batches, however
/// it was cut into them.</summary>
/// <param name="Training">The graph in training mode with these sums.</param>
/// <param name="Evaluation">The graph in evaluation mode with these sums.</param>
/// <param name="Steps">In the order in which they are computed; the last is the loss.</param>
internal sealed record LossFormula(Graph Training, Graph Evaluation, IReadOnlyList<LossStep> Steps);
