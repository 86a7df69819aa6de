using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Graphs;

/// <summary>One value on the way from the sums to the loss.</summary>
/// <param name="Node">Its number in the graph of evaluation.</param>
/// <param name="Sum">Which of the graph's sums it is, or -1 for one that <paramref name="Body"/> computes from values before it.</param>
/// <param name="IsMean">True for a sum that stands for its mean over the samples.</param>
/// <param name="Body">A formula of numbers alone: earlier values, N and constants.</param>
internal sealed record LossStep(int Node, int Sum, bool IsMean, Expr? Body);
