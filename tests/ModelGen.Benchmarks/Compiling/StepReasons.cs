using Microsoft.CodeAnalysis;

namespace ModelGen.Benchmarks.Compiling;

/// <summary>Why each step of the generator ran, or that it did not.</summary>
internal static class StepReasons
{
    // The generator's own steps in their order, not those that Roslyn makes underneath.
    static readonly string[] Named = ["Lower", "Modules", "External", "Linked", "Settings", "Carriers"];

    /// <summary>The generator's steps and its output with the reasons of their values.</summary>
    public static IReadOnlyDictionary<string, string> Of(GeneratorRunResult result)
    {
        var steps = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in Named)
        {
            if (result.TrackedSteps.TryGetValue(name, out var runs))
                steps.Add(name, Text(Reasons(runs)));
        }
        steps.Add("Output", Text(result.TrackedOutputSteps.SelectMany(step => Reasons(step.Value))));
        return steps;
    }

    /// <summary>Whether all files of the run before were taken as they were.</summary>
    public static bool OutputsAreCached(GeneratorRunResult result) =>
        result.TrackedOutputSteps.SelectMany(step => Reasons(step.Value)).All(reason => reason == IncrementalStepRunReason.Cached);

    static string Text(IEnumerable<IncrementalStepRunReason> reasons) => string.Join('+', reasons.Distinct().Order());

    static IEnumerable<IncrementalStepRunReason> Reasons(IEnumerable<IncrementalGeneratorRunStep> runs) =>
        runs.SelectMany(run => run.Outputs).Select(output => output.Reason);
}
