namespace ModelGen.Tests.Runtime;

/// <summary>Sources, workers, samplers, and parts of sets by class.</summary>
[Collection(AllocationCollection.Name)]
public sealed class DataSourceTests
{
    private static readonly ModelInfo s_images = Images();

    [Fact]
    public void Workers_OfAnyNumber_GiveTheSameBatches()
    {
        var source = Pictures(37).Augment([.. Transforms(), new LabelNoise(0.5f)]);
        var expected = Epochs(source, workers: 1);
        foreach (var workers in new[] { 2, 3, 8, 50 })
            Assert.Equal(expected, Epochs(source, workers));
        Assert.NotEqual(expected[..(expected.Length / 2)], expected[(expected.Length / 2)..]);

        static float[] Epochs(IDataSource source, int workers)
        {
            using var loader = new BatchLoader(source, s_images, 4, seed: 3, workers: workers);
            var all = new List<float>();
            for (var epoch = 0; epoch < 2; epoch++)
            {
                loader.Start(epoch);
                while (loader.TryNext(out var batch))
                {
                    all.AddRange(batch.Floats(0)[..(batch.Count * 3 * 8 * 6)]);
                    all.AddRange(batch.Ints(1)[..batch.Count].ToArray().Select(label => (float)label));
                }
            }

            return [.. all];
        }
    }

    [Fact]
    public void TryNext_OfAnAugmentedSource_AllocatesNothing()
    {
        var source = Pictures(200).Augment(Transforms());
        using var loader = new BatchLoader(source, s_images, 4, seed: 3, workers: 3);
        var round = () =>
        {
            loader.Start(1);
            while (loader.TryNext(out _))
            {
            }
        };

        // 50 batches: an allocation in each would be far more. The pools keep what was rented.
        Assert.InRange(Allocations.OfEachRound(round), 0, 2000);
    }

    [Fact]
    public void Fit_Steps_AllocateNothing()
    {
        // A run of ten times as many steps allocates no more than the order of its samples.
        Assert.InRange(OfSteps(2000) - OfSteps(200), 0, 1800 * 2 * sizeof(int) + 8192);

        static long OfSteps(int steps)
        {
            using var model = new SoftmaxRegression { Threads = 1 };
            var trainer = new Trainer<SoftmaxRegression>(model, new Adam(0.01f))
            {
                BatchSize = 2,
                GradientClipNorm = 1,
                GradientClipValue = 1,
                AccumulateSteps = 2,
                NonFiniteStep = NonFiniteStep.Skip,
                Schedule = new CosineSchedule(0.01f, 100),
                Callbacks = { WeightAverage.Exponential() },
            };
            var data = new Counting(steps * 2, fails: -1);
            return Allocations.OfEachRound(() => trainer.Fit(data, 1));
        }
    }

    [Fact]
    public void Fit_OfASource_ReportsItsFailure()
    {
        using var model = new SoftmaxRegression();
        var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(0.1f)) { BatchSize = 8, Workers = 2 };
        Assert.Equal(3, trainer.Fit(new Counting(60, fails: -1), 3, new Counting(20, fails: -1)).Epochs.Count);
        Assert.Equal("sample 41", Assert.Throws<InvalidDataException>(() => trainer.Fit(new Counting(60, fails: 41), 1)).Message);
        Assert.Contains("no sample", Assert.Throws<ArgumentException>(() => trainer.Fit(new Counting(0, fails: -1), 1)).Message);
    }

    [Fact]
    public void WeightedSampler_DrawsInProportion()
    {
        var sampler = new WeightedSampler([1, 0, 3, 0, 6], samplesPerEpoch: 20_000);
        var order = new int[sampler.SamplesPerEpoch(5)];
        sampler.Draw(order, 5, seed: 1, epoch: 2);
        var shares = Enumerable.Range(0, 5).Select(i => order.Count(drawn => drawn == i) / 20_000.0).ToArray();
        double[] expected = [0.1, 0, 0.3, 0, 0.6];
        for (var i = 0; i < shares.Length; i++)
            Assert.Equal(expected[i], shares[i], expected[i] == 0 ? 0 : 0.01);
        var again = new int[order.Length];
        sampler.Draw(again, 5, seed: 1, epoch: 2);
        Assert.Equal(order, again);
        Assert.Throws<ArgumentException>(() => new WeightedSampler([1, float.NaN]));
        Assert.Throws<ArgumentException>(() => new WeightedSampler([0, 0]));
        Assert.Contains("5 weights, but 4", Assert.Throws<ArgumentException>(() => sampler.SamplesPerEpoch(4)).Message);

        // In training: of 3 classes with 60, 30 and 10 samples each is seen a third of the time.
        var data = OfClasses([60, 30, 10]);
        Assert.Equal([100 / 180f, 100 / 90f, 100 / 30f], data.ClassWeights());
        var balanced = WeightedSampler.Balanced(data, samplesPerEpoch: 9000);
        order = new int[9000];
        balanced.Draw(order, 100, 0, 0);
        foreach (var (low, high) in new[] { (0, 60), (60, 90), (90, 100) })
            Assert.InRange(order.Count(i => i >= low && i < high), 2850, 3150);
        using var model = new SoftmaxRegression(1);
        var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(0.1f)) { BatchSize = 10, Sampler = WeightedSampler.Balanced(data, samplesPerEpoch: 45) };
        trainer.Fit(data, 2);
        Assert.Equal(10, trainer.Step);
    }

    [Fact]
    public void SplitStratified_KeepsTheSharesOfClasses()
    {
        var data = OfClasses([60, 30, 10]);
        var (first, second) = data.SplitStratified(0.8, seed: 4);
        Assert.Equal([48, 24, 8], Counts(first));
        Assert.Equal([12, 6, 2], Counts(second));
        Assert.Equal(Enumerable.Range(0, 100), Rows(first).Concat(Rows(second)).Order());
        Assert.NotEqual(Rows(first).Order(), Rows(first));
        Assert.NotEqual(Rows(first), Rows(data.SplitStratified(0.8, seed: 5).First));

        // Classes of one sample: what rounding takes from one it gives to another.
        var (half, rest) = OfClasses([1, 1, 1, 1]).SplitStratified(0.5);
        Assert.Equal((2, 2), (half.Count, rest.Count));
        Assert.Throws<InvalidOperationException>(() => OfClasses([1]).SplitStratified(0.5));
        Assert.Contains("column of labels", Assert.Throws<ArgumentException>(() => data.SplitStratified(0.5, column: 0)).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void KFold_ValidatesEachSampleOnce(bool stratified)
    {
        var data = OfClasses([60, 30, 10]);
        var folds = data.KFold(5, seed: 4, stratified);
        Assert.Equal(Enumerable.Range(0, 100), folds.SelectMany(fold => Rows(fold.Validation)).Order());
        foreach (var (train, validation) in folds)
        {
            Assert.Equal((80, 20), (train.Count, validation.Count));
            Assert.Empty(Rows(train).Intersect(Rows(validation)));
            if (stratified)
                Assert.Equal([12, 6, 2], Counts(validation));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => data.KFold(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.KFold(101));
    }

    [Fact]
    public void Scaler_FitsTheTrainingPart_AndTravelsWithTheModel()
    {
        // Two features: 1 3 5 and 10 10 10, and a sample that was not seen.
        var data = Dataset.FromArrays([1, 10, 3, 10, 5, 10, 7, 20], [0, 0, 0, 0], 2);
        var scaler = Scaler.Standard(data.Take(3));
        Assert.Equal([3f, 10f], scaler.Shift);
        Assert.Equal([MathF.Sqrt(8f / 3), 1f], scaler.Scale);
        var scaled = (FloatColumn)scaler.Apply(data).Columns[0];
        Assert.Equal([4 / MathF.Sqrt(8f / 3), 10f], scaled.Row(3).ToArray());
        float[] back = scaled.Row(3).ToArray();
        scaler.Invert(back);
        Assert.Equal([7f, 20f], back);
        Assert.Equal([1f, 10f], Scaler.MinMax(data.Take(3)).Shift);
        Assert.Equal([4f, 1f], Scaler.MinMax(data.Take(3)).Scale);
        Assert.Equal([19f], Scaler.MinMax(data, perChannel: false).Scale);
        Assert.Throws<ArgumentException>(() => scaler.Apply(new float[3]));
        Assert.Throws<ArgumentException>(() => Scaler.Standard(data, column: 1));
        Assert.Throws<ArgumentException>(() => Scaler.Standard(data.Take(0)));

        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var model = new SoftmaxRegression(2);
        model.Save(path, (Scaler.MetadataKey, scaler.ToMetadata()));
        var loaded = Scaler.FromMetadata(SafeTensors.LoadMetadata(path)[Scaler.MetadataKey]);
        Assert.Equal(scaler.Scale, loaded.Scale);
        Assert.Equal(scaler.Shift, loaded.Shift);
        using var other = new SoftmaxRegression(2, seed: 8);
        other.Load(path);
        Assert.Equal(model.Parameters.ReadOnlyValues.ToArray(), other.Parameters.ReadOnlyValues.ToArray());
        File.Delete(path);
        foreach (var text in new[] { "", "{}", "{\"shift\":[1],\"scale\":[0]}", "{\"shift\":[1],\"scale\":[1,1]}", "{\"shift\":[\"a\"],\"scale\":[1]}" })
            Assert.Throws<FormatException>(() => Scaler.FromMetadata(text));

        // Bytes of images by channel.
        var bytes = new Dataset(new ByteColumn("image", [0, 255, 51, 51], [2, 1, 2]));
        Assert.Equal(0.5f, Scaler.Standard(bytes).Shift[0], 1e-6f);
        Assert.Equal(0.2f, Scaler.Standard(bytes).Shift[1], 1e-6f);
    }

    [Fact]
    public void Sequences_AreCutPaddedAndGrouped()
    {
        var windows = Sequences.Windows([0, 10, 1, 11, 2, 12, 3, 13, 4, 14], features: 2, window: 2, horizon: 1, stride: 2);
        Assert.Equal(2, windows.Count);
        Assert.Equal([2, 12, 3, 13], ((FloatColumn)windows.Columns[0]).Row(1).ToArray());
        Assert.Equal([4, 14], ((FloatColumn)windows.Columns[1]).Row(1).ToArray());
        Assert.Throws<ArgumentException>(() => Sequences.Windows([1, 2, 3], 1, 3));
        Assert.Throws<ArgumentException>(() => Sequences.Windows([1, 2, 3], 2, 1));
        Assert.Equal([1, 2, 9, 3, 4, 5], Sequences.Pad([[1, 2], [3, 4, 5, 6]], 3, padding: 9));
        Assert.Equal([[0, 3], [1], [2, 4]], Sequences.Buckets([1, 4, 9, 3, 20], [3, 5, 10]));
        Assert.Throws<ArgumentException>(() => Sequences.Buckets([1], [3, 3]));
    }

    private static int[] Rows(Dataset data) => [.. Enumerable.Range(0, data.Count).Select(data.RowOf)];

    private static int[] Counts(Dataset data)
    {
        var labels = (LabelColumn)data.Columns[1];
        return [.. Rows(data).GroupBy(row => labels.Row(row)[0]).OrderBy(group => group.Key).Select(group => group.Count())];
    }

    private static Dataset OfClasses(int[] counts)
    {
        int[] labels = [.. counts.SelectMany((count, c) => Enumerable.Repeat(c, count))];
        return Dataset.FromArrays([.. labels.Select(label => (float)label)], labels, 1);
    }

    private static Transform[] Transforms() =>
        [new RandomFlip(), new RandomCrop(2), new RandomAffine(20, 0.1f, 0.1f), new ColorJitter(0.3f, 0.3f, 0.3f), new Cutout(3)];

    private static Dataset Pictures(int count)
    {
        var rng = new Rng(8);
        float[] pixels = [.. Enumerable.Range(0, count * 3 * 8 * 6).Select(_ => rng.NextSingle())];
        return Dataset.FromArrays(pixels, [.. Enumerable.Range(0, count).Select(i => i % 4)], 3, 8, 6);
    }

    private static ModelInfo Images() => new()
    {
        Name = "Images",
        Inputs =
        [
            new InputSpec { Name = "image", Shape = [3, 8, 6], Length = 3 * 8 * 6 },
            new InputSpec { Name = "label", Shape = [], Length = 1, IsLabels = true, Classes = 4, UsedByPredict = false },
        ],
        Outputs = [new OutputSpec { Name = "y", Shape = [4], Length = 4 }],
        Parameters = [],
        ParameterFloats = 0,
    };

    /// <summary>Samples that nobody keeps: they follow from their numbers.</summary>
    private sealed class Counting(int count, int fails) : IDataSource
    {
        public int Count => count;

        public void ThrowIfUnfit(ModelInfo info, bool inputsOnly = false)
        {
        }

        public void Read(int sample, Batch batch, int row, SampleContext context)
        {
            if (sample == fails)
                throw new InvalidDataException("sample 41");
            batch.Floats(0).Slice(row * 6, 6).Fill(sample % 7 - 3);
            if (!context.InputsOnly)
                batch.Ints(1)[row] = sample % 3;
        }
    }
}
