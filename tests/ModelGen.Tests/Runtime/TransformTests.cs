namespace ModelGen.Tests.Runtime;

/// <summary>What transforms do to one image of 1 to 12, or to a batch.</summary>
public sealed class TransformTests
{
    [Fact]
    public void RandomFlip_MirrorsOneOfTwo()
    {
        Assert.Equal([4f, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9], Apply(new RandomFlip(1f)));
        Assert.Equal([9f, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4], Apply(new RandomFlip(1f, vertical: true)));
        Assert.InRange(Enumerable.Range(0, 1000).Count(seed => Apply(new RandomFlip(), (ulong)seed)[0] == 4), 450, 550);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomFlip(1.5f));
    }

    [Fact]
    public void RandomCrop_IsOneOfTheShifts()
    {
        var shifts = new HashSet<string>();
        for (ulong seed = 0; seed < 300; seed++)
        {
            var image = Apply(new RandomCrop(1, fill: -1), seed);

            // The shift is where 6 has gone, which never leaves the image.
            var at = Array.IndexOf(image, 6f);
            var (dx, dy) = (1 - at % 4, 1 - at / 4);
            Assert.True(Math.Abs(dx) <= 1 && Math.Abs(dy) <= 1);
            for (var y = 0; y < 3; y++)
            {
                for (var x = 0; x < 4; x++)
                    Assert.Equal(x + dx is >= 0 and < 4 && y + dy is >= 0 and < 3 ? 1 + (y + dy) * 4 + x + dx : -1, image[y * 4 + x]);
            }

            shifts.Add($"{dx} {dy}");
        }

        Assert.Equal(9, shifts.Count);
        Assert.All(Enumerable.Range(0, 50), seed => Assert.Equal(12, Apply(new RandomCrop(9), (ulong)seed).Length));
    }

    [Fact]
    public void RandomAffine_InterpolatesAroundTheCentre()
    {
        Assert.Equal(One(), Apply(new RandomAffine()));

        // By the definition: rotate the place back around the centre, and interpolate.
        for (ulong seed = 0; seed < 5; seed++)
        {
            var rng = new Rng(seed);
            var angle = rng.NextDouble(-90, 90) * Math.PI / 180;
            var (dx, dy) = (rng.NextDouble(-0.2f, 0.2f) * 4, rng.NextDouble(-0.2f, 0.2f) * 3);
            var image = Apply(new RandomAffine(90, 0.2f), seed);
            for (var y = 0; y < 3; y++)
            {
                for (var x = 0; x < 4; x++)
                {
                    var (fromX, fromY) = (x - 1.5 - dx, y - 1 - dy);
                    var sourceX = Math.Cos(angle) * fromX + Math.Sin(angle) * fromY + 1.5;
                    var sourceY = Math.Cos(angle) * fromY - Math.Sin(angle) * fromX + 1;
                    var sum = 0.0;
                    for (var row = 0; row < 3; row++)
                    {
                        for (var column = 0; column < 4; column++)
                            sum += Math.Max(0, 1 - Math.Abs(sourceX - column)) * Math.Max(0, 1 - Math.Abs(sourceY - row)) * (1 + row * 4 + column);
                    }

                    Assert.Equal(sum, image[y * 4 + x], 1e-4);
                }
            }
        }
    }

    [Fact]
    public void ColorJitter_KeepsWhatItDoesNotChange()
    {
        // Brightness is one factor; contrast keeps the mean; saturation keeps the grey of each pixel.
        var bright = Apply(new ColorJitter(brightness: 0.5f), 3);
        Assert.InRange(bright[0], 0.5f, 1.5f);
        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal(bright[0] * (i + 1), bright[i], 1e-4f));
        var contrast = Apply(new ColorJitter(contrast: 0.5f), 3);
        Assert.Equal(6.5f, contrast.Average(), 1e-4f);
        Assert.NotEqual(1f, contrast[0]);
        var before = One(36);
        var saturated = Apply(new ColorJitter(saturation: 0.9f), 3, channels: 3);
        Assert.NotEqual(before, saturated);
        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal(Grey(before, i), Grey(saturated, i), 1e-3f));
        Assert.Throws<ArgumentException>(() => new ColorJitter(saturation: 0.5f).ThrowIfUnfit(Info(1)));

        static float Grey(float[] image, int i) => 0.299f * image[i] + 0.587f * image[12 + i] + 0.114f * image[24 + i];
    }

    [Fact]
    public void Cutout_FillsASquareThatIsCutOffAtTheBorders()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            var image = Apply(new Cutout(3, fill: 0), seed, channels: 2);
            var gone = Enumerable.Range(0, 12).Where(i => image[i] == 0).ToArray();
            Assert.Contains(gone.Length, new[] { 4, 6, 9 });
            Assert.Equal(gone, Enumerable.Range(0, 12).Where(i => image[12 + i] == 0));
            Assert.All(Enumerable.Range(0, 24).Where(i => image[i] != 0), i => Assert.Equal(i + 1, image[i]));
        }
    }

    [Fact]
    public void LabelNoise_ReplacesAShare()
    {
        using var batch = new Batch(Info(1, labels: true), 4000) { Count = 4000 };
        batch.Ints(1).Fill(2);
        for (var row = 0; row < 4000; row++)
        {
            var rng = new Rng(1, (ulong)row);
            new LabelNoise(0.4f).Apply(batch, row, ref rng);
        }

        // Of those drawn anew, one of four is what it was.
        Assert.InRange(batch.Ints(1).ToArray().Count(label => label != 2), 1100, 1300);
        Assert.Throws<ArgumentException>(() => new LabelNoise(0.4f).ThrowIfUnfit(Info(1)));
    }

    [Fact]
    public void Mixup_MixesInputsAndTargetsAlike()
    {
        using var batch = Filled(6);
        var rng = new Rng(5);
        new Mixup(0.5f).ApplyToBatch(batch, ref rng);
        CheckTargets(batch, (sample, target) =>
        {
            // Image i was filled with i, and so was its target.
            Assert.All(batch.Floats(0).Slice(sample * 12, 12).ToArray(), pixel => Assert.Equal(target, pixel, 1e-5f));
        });
        Assert.Throws<ArgumentException>(() => new Mixup().ThrowIfUnfit(Info(1, labels: true)));
    }

    [Fact]
    public void CutMix_MixesTargetsByAreas()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            using var batch = Filled(6);
            var rng = new Rng(seed);
            new CutMix().ApplyToBatch(batch, ref rng);
            CheckTargets(batch, (sample, target) => Assert.Equal(target, batch.Floats(0).Slice(sample * 12, 12).ToArray().Average(), 1e-5f));
        }
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(4)]
    public void Beta_HasItsMeanAndVariance(double alpha)
    {
        var rng = new Rng(2);
        var drawn = Enumerable.Range(0, 20_000).Select(_ => (double)Mixup.Beta(alpha, ref rng)).ToArray();
        var mean = drawn.Average();
        Assert.Equal(0.5, mean, 0.01);
        Assert.Equal(1 / (4 * (2 * alpha + 1)), drawn.Average(x => (x - mean) * (x - mean)), 0.005);
    }

    private static void CheckTargets(Batch batch, Action<int, float> check)
    {
        var targets = batch.Floats(1)[..6].ToArray();
        Assert.Equal(15, targets.Sum(), 1e-4f);
        for (var sample = 0; sample < 6; sample++)
            check(sample, targets[sample]);
    }

    private static Batch Filled(int count)
    {
        var batch = new Batch(Info(1), count) { Count = count };
        for (var i = 0; i < count; i++)
        {
            batch.Floats(0).Slice(i * 12, 12).Fill(i);
            batch.Floats(1)[i] = i;
        }

        return batch;
    }

    private static float[] One(int length = 12) => [.. Enumerable.Range(1, length).Select(i => (float)i)];

    private static float[] Apply(Transform transform, ulong seed = 1, int channels = 1)
    {
        // The row before and the row after are nobody's business.
        using var batch = new Batch(Info(channels), 3) { Count = 3 };
        batch.Floats(0).Fill(99);
        One(12 * channels).CopyTo(batch.Floats(0)[(12 * channels)..]);
        transform.ThrowIfUnfit(batch.Info);
        var rng = new Rng(seed);
        transform.Apply(batch, 1, ref rng);
        Assert.All(batch.Floats(0)[..(12 * channels)].ToArray(), pixel => Assert.Equal(99, pixel));
        Assert.All(batch.Floats(0)[(24 * channels)..].ToArray(), pixel => Assert.Equal(99, pixel));
        return batch.Floats(0).Slice(12 * channels, 12 * channels).ToArray();
    }

    private static ModelInfo Info(int channels, bool labels = false) => new()
    {
        Name = "Images",
        Inputs =
        [
            new InputSpec { Name = "image", Shape = [channels, 3, 4], Length = channels * 12 },
            labels
                ? new InputSpec { Name = "label", Shape = [], Length = 1, IsLabels = true, Classes = 4, UsedByPredict = false }
                : new InputSpec { Name = "target", Shape = [1], Length = 1, UsedByPredict = false },
        ],
        Outputs = [new OutputSpec { Name = "y", Shape = [1], Length = 1 }],
        Parameters = [],
        ParameterFloats = 0,
    };
}
