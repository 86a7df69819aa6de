namespace ModelGen.Benchmarks.Suites;

/// <summary>A training step of each reference model: forward, backward and Adam.</summary>
internal static class TrainSuite
{
    /// <summary>Runs the cases that were asked for.</summary>
    public static void Run(Bench bench)
    {
        foreach (TrainingCase model in TrainingCase.All.Where(model => bench.Wants(model.Letter)))
            Measure(bench, model);
    }

    static void Measure(Bench bench, TrainingCase model)
    {
        StartUp? start = FirstStepProbe.Start(model.Letter, bench.Threads);
        IModel net = model.Make();
        net.Threads = bench.Threads;
        using Batch batch = model.Fill(net.Info, model.BatchSize);
        var adam = new Adam();
        uint step = 0;
        float loss = 0;
        void Step()
        {
            loss = net.Backward(batch, step++);
            adam.Step(net.Parameters);
        }

        Step();
        float first = loss;
        var timing = bench.Sampler.Measure(Step);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Step();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The same batch over and over is learned by heart: a loss that does not fall is a wrong gradient.
        bool isWrong = !float.IsFinite(loss) || loss >= first;
        double flops = (double)(net.Info.ForwardFlops + net.Info.BackwardFlops) * model.BatchSize;
        List<(string, object)> more = [("loss_first", Rounded(first)), ("loss_last", Rounded(loss)), ("allocated_bytes", (int)allocated)];
        if (start is not null)
        {
            more.Add(("main_to_first_step_ms", start.MainToFirstStepMilliseconds));
            more.Add(("process_to_first_step_ms", start.ProcessToFirstStepMilliseconds));
            more.Add(("jit_ms", start.JitMilliseconds));
        }
        bench.AddFlops($"train_{model.Letter}", timing, model.BatchSize, flops, isWrong, more);
        (net as IDisposable)?.Dispose();
    }

    static double Rounded(float value) => Math.Round((double)value, 5);
}
