using ModelGen.Benchmarks.Models;

namespace ModelGen.Benchmarks.Suites;

/// <summary>Matrix products: a linear layer without bias, so that what is measured is emitted code.</summary>
internal static class GemmSuite
{
    static readonly (int Rows, Func<IModel> Make)[] Cases =
    [
        (64, () => new Gemm64x64()),
        (128, () => new Gemm128x128()),
        (256, () => new Gemm256x256()),
        (512, () => new Gemm512x512()),
        (1024, () => new Gemm1024x1024()),
        (128, () => new Gemm784x256()),
        (128, () => new Gemm256x10()),
        (256, () => new Gemm768x3072()),
        (1024, () => new Gemm1024x64()),
    ];

    /// <summary>Runs the cases that were asked for.</summary>
    public static void Run(Bench bench)
    {
        foreach (var (rows, make) in Cases)
            Measure(bench, rows, make);
    }

    static void Measure(Bench bench, int rows, Func<IModel> make)
    {
        IModel net = make();
        int depth = net.Info.Inputs[0].Length, columns = net.Info.OutputLength;
        string name = $"sgemm_{rows}x{depth}x{columns}";
        if (bench.Wants(name))
        {
            net.Threads = bench.Threads;
            using Batch batch = SyntheticBatch.Make(net.Info, rows);
            var output = new float[rows * columns];
            var timing = bench.Sampler.Measure(() => net.Predict(batch, output));
            bench.AddFlops(name, timing, 1, 2.0 * rows * depth * columns, !IsRight(net, batch, output, rows / 2, columns / 3));
        }
        (net as IDisposable)?.Dispose();
    }

    /// <summary>Whether one entry is the sum in double of its products.</summary>
    static bool IsRight(IModel net, Batch batch, float[] output, int row, int column)
    {
        int depth = net.Info.Inputs[0].Length;
        ReadOnlySpan<float> x = batch.Floats(0).Slice(row * depth, depth);
        ReadOnlySpan<float> w = net.Parameters.First().ReadOnlyValues.Slice(column * depth, depth);
        double sum = 0;
        for (int k = 0; k < depth; k++)
            sum += (double)x[k] * w[k];
        return Math.Abs(sum - output[row * net.Info.OutputLength + column]) < 1e-3;
    }
}
