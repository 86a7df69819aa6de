using Microsoft.CodeAnalysis.CSharp;

namespace ModelGen.Tests.Frontend;

/// <summary>The loss of a set does not depend on how it is cut into batches.</summary>
public sealed class LossTotalTests(LossTotalTests.Models models) : IClassFixture<LossTotalTests.Models>
{
    private const int Samples = 20;

    private static readonly int[] BatchSizes = [20, 10, 7, 3, 1];

    // Each a loss of scores f32[N,3,4], labels of their positions of which some are ignored, numbers and weights of the same shape as the scores.
    private static readonly (string Name, string Loss)[] Losses =
    [
        ("IgnoredLabels", "CrossEntropy(y, label, ignoreIndex: -100)"),
        ("Sum", "CrossEntropy(y, label, ignoreIndex: -100, reduction: \"sum\")"),
        ("BatchMean", "CrossEntropy(y, label, ignoreIndex: -100, reduction: \"batchmean\")"),
        ("ClassWeights", "CrossEntropy(y, label, weight: [1, 0.25f, 3], ignoreIndex: -100)"),
        ("WeightsAndSmoothing", "CrossEntropy(y, label, weight: [1, 0.25f, 3], labelSmoothing: 0.1f, ignoreIndex: -100)"),
        ("LogProbabilities", "NllLoss(LogSoftmax(y, 1), label, weight: [2, 0, 1], ignoreIndex: -100)"),
        ("Mean", "MseLoss(y, t)"),
        ("SumOfSquares", "MseLoss(y, t, reduction: \"sum\")"),
        ("Binary", "BceWithLogits(y, Sigmoid(t), reduction: \"sum\")"),
        ("Huber", "HuberLoss(y, t, delta: 0.5f)"),
        ("OwnMean", "Mean((y - t) * (y - t) * Abs(t))"),
        ("OwnWeightedMean", "Sum(Abs(y - t) * Abs(t)) / Sum(Abs(t))"),
        ("RootOfMean", "Sqrt(MseLoss(y, t) + 1e-6f)"),
        ("ProductOfMeans", "MseLoss(y, t) * (L1Loss(y, t) + 2)"),
        ("LogOfRatio", "Log(Sum(Exp(y)) / Sum(Exp(t)))"),
        ("TwoLosses", "CrossEntropy(y, label, ignoreIndex: -100) + 0.5f * MseLoss(y, t)"),
        ("TwoKinds", "MseLoss(y, t, reduction: \"sum\") + 0.01f * CrossEntropy(y, label, ignoreIndex: -100, weight: [1, 2, 3])"),
        ("Penalty", "CrossEntropy(y, label, ignoreIndex: -100) + 0.1f * Mean(scale * scale)"),
        ("PenaltyInside", "(MseLoss(y, t) + Sum(scale * scale)) * 2"),
        ("Temperature", "MseLoss(y, t) * Exp(-temperature) + temperature"),
        ("Selected", "Maximum(MseLoss(y, t), L1Loss(y, t, reduction: \"sum\"))"),
        ("NothingOfTheData", "Sum(scale * scale) + MseLoss(y, y)"),
    ];

    private static readonly (string Name, string Loss)[] OfTheWholeBatch =
    [
        ("Variance", "Variance(y - t)"),
        ("LogOfMaximum", "Log(Max(Abs(y)) + 1) * 2"),
        ("DividedByItsOwnMean", "Sum(Abs(y) / Sum(Abs(t)))"),
        ("VarianceAndIgnored", "0.5f * Variance(y - t) - CrossEntropy(y, label, ignoreIndex: -100)"),
    ];

    public static TheoryData<string> Names() => [.. Losses.Select(l => l.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_BatchesOfAnySize_GiveTheLossOfTheSetAsOne(string name)
    {
        using var model = models.Make(name);
        var data = Data(fromLabel: i => i % 3 == 0 ? -100 : i % 7 % 3);
        var whole = LossOfOneBatch((IModel)model, data);
        Assert.True(double.IsFinite(whole) && whole != 0, $"{name}: {whole}");
        foreach (var size in BatchSizes)
            Assert.Equal(1, new Trainer<IModel>((IModel)model, new Sgd()) { BatchSize = size }.Evaluate(data).Loss / whole, 2e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_WithoutSteps_ReportsTheLossOfTheSetAsOne(string name)
    {
        using var model = models.Make(name);
        var data = Data(fromLabel: i => i % 3 == 0 ? -100 : i % 7 % 3);
        var whole = LossOfOneBatch((IModel)model, data);
        foreach (var size in BatchSizes)
        {
            var epoch = new Trainer<IModel>((IModel)model, new Sgd(0f)) { BatchSize = size }.Fit(data, 1, data).Epochs[0];
            Assert.Equal(1, epoch.TrainLoss / whole, 2e-6);
            Assert.Equal(1, epoch.ValidationLoss!.Value / whole, 2e-6);
        }
    }

    [Fact]
    public void Evaluate_BatchesOfIgnoredLabels_CountAsNothing()
    {
        using var model = models.Make("IgnoredLabels");
        var data = Data(fromLabel: i => i < Samples * 4 / 2 ? i % 3 : -100);
        var trainer = new Trainer<IModel>((IModel)model, new Sgd()) { BatchSize = 5 };
        Assert.Equal(LossOfOneBatch((IModel)model, data.Take(Samples / 2)), trainer.Evaluate(data).Loss, 1e-5);
        Assert.True(float.IsNaN(trainer.Evaluate(data.Skip(Samples / 2)).Loss));
    }

    [Fact]
    public void Fit_BatchesOfIgnoredLabels_GoesOnAndCountsThemAsNothing()
    {
        using var model = models.Make("IgnoredLabels");
        // The labels of the first half count, those of the second do not: at 5 a batch two of four are of nothing.
        var data = Data(fromLabel: i => i < Samples * 4 / 2 ? i % 3 : -100);
        var trainer = new Trainer<IModel>((IModel)model, new Sgd(0f)) { BatchSize = 5, Shuffle = false };
        var history = trainer.Fit(data, 2, data);
        Assert.Equal(LossOfOneBatch((IModel)model, data.Take(Samples / 2)), history.Epochs[1].TrainLoss, 1e-5);
        Assert.Equal(LossOfOneBatch((IModel)model, data.Take(Samples / 2)), history.Epochs[1].ValidationLoss!.Value, 1e-5);

        // Nothing at all is a mean of nothing, no divergence, and no best epoch.
        var nothing = trainer.Fit(data.Skip(Samples / 2), 1);
        Assert.True(float.IsNaN(nothing.Epochs[0].TrainLoss));
        Assert.Null(nothing.Best);
    }

    [Theory]
    [InlineData("Variance")]
    [InlineData("LogOfMaximum")]
    [InlineData("DividedByItsOwnMean")]
    public void Evaluate_PartOfTheWholeBatch_IsAveragedOverSamples(string name)
    {
        using var model = models.Make(name);
        var data = Data(fromLabel: i => i % 3);
        var parts = 0.0;
        foreach (var start in new[] { 0, 8, 16 })
            parts += LossOfOneBatch((IModel)model, data.Skip(start).Take(8)) * Math.Min(8, Samples - start);
        Assert.Equal(parts / Samples, new Trainer<IModel>((IModel)model, new Sgd()) { BatchSize = 8 }.Evaluate(data).Loss, 1e-5);
    }

    [Fact]
    public void Evaluate_SumWithAPartOfTheWholeBatch_AveragesThatPartAlone()
    {
        var data = Data(fromLabel: i => i % 3 == 0 ? -100 : i % 7 % 3);
        double Loss(string name)
        {
            using var model = models.Make(name);
            return new Trainer<IModel>((IModel)model, new Sgd()) { BatchSize = 8 }.Evaluate(data).Loss;
        }

        Assert.Equal((0.5 * Loss("Variance")) - Loss("IgnoredLabels"), Loss("VarianceAndIgnored"), 1e-5);
    }

    private static double LossOfOneBatch(IModel model, Dataset data)
    {
        using var loader = new BatchLoader(data, model.Info, data.Count, shuffle: false);
        loader.Start(0);
        Assert.True(loader.TryNext(out var batch));
        return model.Evaluate(batch, []);
    }

    private static Dataset Data(Func<int, int> fromLabel)
    {
        var rng = new Rng(3);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)rng.NextNormal())];
        return new Dataset(
            new FloatColumn("x", Numbers(Samples * 12), 3, 4),
            new LabelColumn("label", [.. Enumerable.Range(0, Samples * 4).Select(fromLabel)], 4),
            new FloatColumn("t", Numbers(Samples * 12), 3, 4));
    }

    /// <summary>All models, compiled once.</summary>
    public sealed class Models
    {
        private readonly System.Reflection.Assembly _assembly;

        public Models()
        {
            var source = string.Concat(Losses.Concat(OfTheWholeBatch).Select(l => $$"""
                [Model] public partial class {{l.Item1}}
                {
                    readonly Tensor scale = Parameter(Init.Ones, 3, 1), temperature = Parameter(Init.Ones, 1);
                    public Tensor Forward([Shape(3, 4)] Tensor x) => x * scale;
                    public Tensor Loss(Tensor y, [Shape(4), Classes(3)] Labels label, [Shape(3, 4)] Tensor t) => {{WithLabels(l.Item2)}}{{Scalar(l.Item2)}};
                }

                """));
            var compiled = Driver.Generate(Driver.Compile(source));
            Driver.AssertCompiles(compiled);
            using var image = new MemoryStream();
            Assert.True(compiled.Emit(image).Success);
            _assembly = System.Reflection.Assembly.Load(image.ToArray());
        }

        public IDisposable Make(string name) => (IDisposable)Activator.CreateInstance(_assembly.GetType(name)!)!;

        // Each model reads its labels, by a term that adds nothing where the loss has none.
        private static string WithLabels(string loss) =>
            loss.Contains("label") ? "" : "0 * CrossEntropy(y, label, ignoreIndex: -100, reduction: \"sum\") + ";

        // The temperature has an axis of 1.
        private static string Scalar(string loss) => loss.Contains("temperature") ? $"Sum({loss})" : loss;
    }
}
