using ModelGen.Benchmarks.Models;

namespace ModelGen.Benchmarks.Suites;

/// <summary>Convolutions: forward, and both gradients.</summary>
internal static class ConvSuite
{
    static readonly (string Name, int Batch, int Kernel, int Padding, Func<IModel> Forward, Func<IModel> Trained)[] Cases =
    [
        ("conv3x3_64_64_32_b32", 32, 3, 1, () => new Conv3x3Of64(), () => new Conv3x3Of64Trained()),
        ("conv3x3_128_128_16_b32", 32, 3, 1, () => new Conv3x3Of128(), () => new Conv3x3Of128Trained()),
        ("conv5x5_64_64_12_b128", 128, 5, 2, () => new Conv5x5Of64(), () => new Conv5x5Of64Trained()),
        ("conv5x5_6_16_14_b64", 64, 5, 0, () => new Conv5x5Of6(), () => new Conv5x5Of6Trained()),
    ];

    /// <summary>Runs the cases that were asked for.</summary>
    public static void Run(Bench bench)
    {
        foreach (var (name, batch, kernel, padding, forward, trained) in Cases)
        {
            if (bench.Wants($"{name}_fwd"))
                MeasureForward(bench, $"{name}_fwd", batch, kernel, padding, forward());
            if (bench.Wants($"{name}_bwd_both"))
                MeasureBackward(bench, $"{name}_bwd_both", batch, kernel, trained());
        }
    }

    static void MeasureForward(Bench bench, string name, int count, int kernel, int padding, IModel net)
    {
        net.Threads = bench.Threads;
        using Batch batch = SyntheticBatch.Make(net.Info, count);
        var output = new float[count * net.Info.OutputLength];
        var timing = bench.Sampler.Measure(() => net.Predict(batch, output));
        bench.AddFlops(name, timing, count, Flops(net.Info, count, kernel), !ConvCheck.IsRight(net, batch, output, padding));
        (net as IDisposable)?.Dispose();
    }

    /// <summary>
    /// A model has no backward pass without its forward pass, so both are timed, and the forward pass with the loss in turns with
    /// it; the difference is both gradients, the loss's and the sum that the offset before the convolution needs.
    /// </summary>
    static void MeasureBackward(Bench bench, string name, int count, int kernel, IModel net)
    {
        net.Threads = bench.Threads;
        using Batch batch = SyntheticBatch.Make(net.Info, count);
        uint step = 0;
        float loss = 0;
        var timing = bench.Sampler.MeasureDifference(() => loss = net.Backward(batch, step++), () => net.Evaluate(batch, []));
        bench.AddFlops(
            name, timing, count, 2 * Flops(net.Info, count, kernel), !float.IsFinite(loss), ("derived", "Backward - Evaluate"));
        (net as IDisposable)?.Dispose();
    }

    static double Flops(ModelInfo info, int count, int kernel) =>
        2.0 * count * info.Inputs[0].Shape[0] * kernel * kernel * info.OutputLength;
}
