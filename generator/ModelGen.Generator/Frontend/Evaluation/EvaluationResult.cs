using System.Collections.Generic;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>The graphs of a model, or null with the error among the findings; warnings may stand beside graphs.</summary>
/// <param name="Training">Forward and loss in training mode; the loss is -1 where the model has none.</param>
/// <param name="Evaluation">The same as at test time.</param>
internal sealed record EvaluationResult(Graph? Training, Graph? Evaluation, IReadOnlyList<Finding> Findings);
