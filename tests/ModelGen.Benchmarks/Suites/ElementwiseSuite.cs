using ModelGen.Benchmarks.Models;
using ModelGen.Benchmarks.Reports;

namespace ModelGen.Benchmarks.Suites;

/// <summary>Element-wise functions and softmax, in the cache and out of it.</summary>
internal static class ElementwiseSuite
{
    const int RowLength = 128;

    static readonly int[] Lengths = [16384, 4 << 20];

    static readonly (string Name, Func<IModel> Make, Func<double, double>? Function)[] Cases =
    [
        ("exp", () => new ExpOf128(), Math.Exp),
        ("tanh", () => new TanhOf128(), Math.Tanh),
        ("sigmoid", () => new SigmoidOf128(), x => 1 / (1 + Math.Exp(-x))),
        ("gelu", () => new GeluOf128(), null),
        ("relu", () => new ReluOf128(), x => Math.Max(x, 0)),
        ("softmax128", () => new SoftmaxOf128(), null),
    ];

    /// <summary>Runs the cases that were asked for.</summary>
    public static void Run(Bench bench)
    {
        foreach (int length in Lengths)
        {
            foreach (var (name, make, function) in Cases)
            {
                if (bench.Wants($"{name}_{length}"))
                    Measure(bench, $"{name}_{length}", length, make(), function);
            }
        }
    }

    static void Measure(Bench bench, string name, int length, IModel net, Func<double, double>? function)
    {
        net.Threads = bench.Threads;
        using Batch batch = SyntheticBatch.Make(net.Info, length / RowLength, normal: true);
        var output = new float[length];
        var timing = bench.Sampler.Measure(() => net.Predict(batch, output));
        bench.Add(new ResultLine(name, bench.Threads)
        {
            Timing = timing,
            Items = length,
            More = [("gb_per_s", Math.Round(8.0 * length / timing.MedianSeconds * 1e-9, 2))],
            IsWrong = !IsRight(batch.Floats(0), output, function),
        });
        (net as IDisposable)?.Dispose();
    }

    static bool IsRight(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Func<double, double>? function)
    {
        for (int i = 0; i < y.Length; i += 997)
        {
            double expected = function is null ? y[i] : function(x[i]);
            if (!float.IsFinite(y[i]) || Math.Abs(y[i] - expected) > 1e-5 * Math.Max(1, Math.Abs(expected)))
                return false;
        }
        return true;
    }
}
