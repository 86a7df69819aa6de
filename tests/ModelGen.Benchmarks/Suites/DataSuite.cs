using ModelGen.Benchmarks.Reports;

namespace ModelGen.Benchmarks.Suites;

/// <summary>Filling the batches of an epoch, with as many workers as threads: images in memory, as they are and augmented.</summary>
internal static class DataSuite
{
    const int Images = 4096, BatchSize = 64, Classes = 10;

    static readonly (string Name, int[] Shape, Transform[] Transforms)[] Cases =
    [
        ("data_mnist", [1, 28, 28], []),
        ("data_mnist_affine", [1, 28, 28], [new RandomAffine(15, 0.1f, 0.1f)]),
        ("data_cifar", [3, 32, 32], []),
        ("data_cifar_flip_crop", [3, 32, 32], [new RandomFlip(), new RandomCrop(padding: 4)]),
        ("data_cifar_all", [3, 32, 32],
            [new RandomFlip(), new RandomCrop(padding: 4), new RandomAffine(15), new ColorJitter(0.2f, 0.2f, 0.2f), new Cutout(8)]),
    ];

    /// <summary>Runs the cases that were asked for.</summary>
    public static void Run(Bench bench)
    {
        foreach (var (name, shape, transforms) in Cases)
        {
            if (bench.Wants(name))
                Measure(bench, name, shape, transforms);
        }
    }

    static void Measure(Bench bench, string name, int[] shape, Transform[] transforms)
    {
        int length = shape.Aggregate(1, (product, size) => product * size);
        var rng = new Rng(1);
        var pixels = new byte[Images * length];
        foreach (ref byte pixel in pixels.AsSpan())
            pixel = (byte)rng.NextUInt32();
        var data = new Dataset(
            new ByteColumn("image", pixels, shape), new LabelColumn("label", [.. Enumerable.Range(0, Images).Select(i => i % Classes)]));
        var info = new ModelInfo
        {
            Name = name,
            Inputs =
            [
                new InputSpec { Name = "image", Shape = shape, Length = length },
                new InputSpec { Name = "label", Shape = [], Length = 1, IsLabels = true, Classes = Classes, UsedByPredict = false },
            ],
            Outputs = [],
            Parameters = [],
            ParameterFloats = 0,
        };
        using var loader = new BatchLoader(
            transforms.Length == 0 ? data : data.Augment(transforms), info, BatchSize, seed: 1, workers: bench.Threads);
        var (epoch, isWrong) = (0, false);
        var timing = bench.Sampler.Measure(() =>
        {
            loader.Start(epoch++);
            int seen = 0;
            while (loader.TryNext(out Batch? batch))
                seen += batch.Count;
            isWrong |= seen != Images;
        });
        bench.Add(new ResultLine(name, bench.Threads) { Timing = timing, Items = Images, IsWrong = isWrong });
    }
}
