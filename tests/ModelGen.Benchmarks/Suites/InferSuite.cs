using ModelGen.Benchmarks.CommandLine;
using ModelGen.Benchmarks.Measuring;

namespace ModelGen.Benchmarks.Suites;

/// <summary>Inference of one sample: the time to an answer.</summary>
internal static class InferSuite
{
    /// <summary>Runs the cases that were asked for.</summary>
    public static void Run(Bench bench)
    {
        foreach (TrainingCase model in TrainingCase.All.Where(model => model.IsInferred && bench.Wants(model.Letter)))
            Measure(bench, model);
    }

    static void Measure(Bench bench, TrainingCase model)
    {
        StartUp? start = FirstStepProbe.Start(SuiteKind.Infer, model.Letter, bench.Threads, bench.Device);
        using var placed = new PlacedModel(model.Make(), bench.Device);
        IModel net = placed.Net;
        net.Threads = bench.Threads;
        using Batch batch = model.Fill(net.Info, 1);
        var output = new float[net.Info.OutputLength];
        var timing = bench.Sampler.Measure(() => net.Predict(batch, output));
        placed.StartCounting();
        net.Predict(batch, output);
        bench.AddFlops(
            $"infer_{model.Letter}_b1", timing, 1, net.Info.ForwardFlops, isWrong: !output.All(float.IsFinite),
            [.. start?.Values("answer") ?? [], ("workspace_mb", Megabytes.OfFloats(net.Info.InferWorkspaceFloats(1))), .. placed.Counted()]);
    }
}
