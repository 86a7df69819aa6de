using ModelGen.Benchmarks.CommandLine;
using ModelGen.Benchmarks.Measuring;

namespace ModelGen.Benchmarks.Suites;

/// <summary>A training step of each reference model: forward, backward and Adam.</summary>
internal static class TrainSuite
{
    // Kinks of ReLU and maximum pooling between the two points bend the loss a little; a wrong derivative is off by far more.
    const double GradientTolerance = 0.03;

    /// <summary>Runs the cases that were asked for.</summary>
    public static void Run(Bench bench)
    {
        foreach (TrainingCase model in TrainingCase.All.Where(model => bench.Wants(model.Letter)))
            Measure(bench, model);
    }

    static void Measure(Bench bench, TrainingCase model)
    {
        StartUp? start = FirstStepProbe.Start(SuiteKind.Train, model.Letter, bench.Threads, bench.Device);
        using var placed = new PlacedModel(model.Make(), bench.Device);
        IModel net = placed.Net;
        net.Threads = bench.Threads;
        using Batch batch = model.Fill(net.Info, model.BatchSize);
        double gradientError = GradientCheck.RelativeError(net, batch);
        Func<float> train = placed.Training(batch);
        float loss = 0;
        void Step() => loss = train();

        Step();
        float first = loss;
        var timing = bench.Sampler.Measure(Step);
        placed.StartCounting();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Step();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        (string Name, object Value)[] counted = [.. placed.Counted()];

        // The same batch over and over is learned by heart, so its loss falls.
        bool isWrong = !float.IsFinite(loss) || loss >= first || !(gradientError < GradientTolerance);
        double flops = (double)(net.Info.ForwardFlops + net.Info.BackwardFlops) * model.BatchSize;
        List<(string, object)> more =
        [
            ("loss_first", Rounded(first)), ("loss_last", Rounded(loss)), ("gradient_error", Math.Round(gradientError, 6)),
            ("allocated_bytes", (int)allocated),
        ];
        if (start is not null)
            more.AddRange(start.Values("step"));
        more.Add(("workspace_mb", Megabytes.OfFloats(net.Info.TrainWorkspaceFloats(model.BatchSize))));
        more.Add(("kernels", net.Info.KernelCount));
        more.Add(("memory_passes", net.Info.MemoryPasses));
        more.Add(("largest_method_il", EmittedMethods.LargestInBytes(placed.Type)));
        more.AddRange(counted);
        bench.AddFlops($"train_{model.Letter}", timing, model.BatchSize, flops, isWrong, more);
    }

    static double Rounded(float value) => Math.Round((double)value, 5);
}
