using System.Collections.Generic;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>The graphs of a model, or null with the error among the findings; warnings may stand beside graphs.</summary>
internal sealed record EvaluationResult(CompiledModelGraphs? Graphs, IReadOnlyList<Finding> Findings);
