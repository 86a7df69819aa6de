using Microsoft.CodeAnalysis;

namespace ModelGen.Benchmarks.Compiling;

/// <summary>Why each step of the generator ran, or that it did not.</summary>
internal static class StepReasons
{
    /// <summary>The named steps with the reasons of their outputs: <c>Lower = Unchanged</c>.</summary>
    public static IEnumerable<(string Step, object Reasons)> Of(GeneratorRunResult result) =>
        from step in result.TrackedSteps.Concat(result.TrackedOutputSteps)
        where !step.Key.StartsWith("compilationAndGroupedNodes", StringComparison.Ordinal) && !step.Key.StartsWith("result_", StringComparison.Ordinal)
        orderby step.Key
        select (step.Key, (object)string.Join('+', Reasons(step.Value).Distinct().Order()));

    /// <summary>Whether all files of the run before were taken as they were.</summary>
    public static bool OutputsAreCached(GeneratorRunResult result) =>
        result.TrackedOutputSteps.SelectMany(step => Reasons(step.Value)).All(reason => reason == IncrementalStepRunReason.Cached);

    static IEnumerable<IncrementalStepRunReason> Reasons(IEnumerable<IncrementalGeneratorRunStep> runs) =>
        runs.SelectMany(run => run.Outputs).Select(output => output.Reason);
}
