using System.Xml.Linq;

namespace ModelGen.Tests.Runtime;

public sealed class MetricsTests
{
    [Fact]
    public void ConfusionMatrix_ByHand_GivesItsFigures()
    {
        var matrix = new ConfusionMatrix(3);
        foreach (var (actual, predicted, times) in new[] { (0, 0, 5), (0, 1, 1), (1, 1, 3), (1, 0, 2) })
        {
            for (var i = 0; i < times; i++)
                matrix.Add(actual, predicted);
        }

        Assert.Equal(8.0 / 11, matrix.Accuracy, 1e-12);
        Assert.Equal(5.0 / 7, matrix.Precision(0), 1e-12);
        Assert.Equal(5.0 / 6, matrix.Recall(0), 1e-12);
        Assert.Equal(10.0 / 13, matrix.F1(0), 1e-12);
        Assert.Equal(6.0 / 9, matrix.F1(1), 1e-12);
        Assert.True(double.IsNaN(matrix.F1(2)) && double.IsNaN(matrix.Recall(2)));
        Assert.Equal((10.0 / 13 + 6.0 / 9) / 2, matrix.MacroF1, 1e-12);
        Assert.Equal(
            """
            actual \ predicted  cat  dog  cow   recall
            cat                   5    1    ·   83.3 %
            dog                   2    3    ·   60.0 %
            cow                   ·    ·    ·        -
            accuracy 72.7 % of 11, macro F1 71.8 %
            """.ReplaceLineEndings("\n"),
            matrix.ToString(["cat", "dog", "cow"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(3, 0));
        Assert.Throws<ArgumentException>(() => matrix.ToString(["cat"]));
        Assert.True(double.IsNaN(new ConfusionMatrix(2).Accuracy));
    }

    [Fact]
    public void Scores_ByHand()
    {
        float[] scores = [0.1f, 0.7f, 0.2f, 0.5f, 0.5f, 0.4f, 0.3f, 0.2f, 0.5f];
        Assert.Equal(2.0 / 3, Metrics.Accuracy(scores, [1, 0, 1]), 1e-12);
        Assert.Equal(1.0 / 3, Metrics.Accuracy(scores, [1, 1, 1]), 1e-12);
        Assert.Equal(2.0 / 3, Metrics.TopK(scores, [1, 1, 1], 2), 1e-12);
        Assert.Equal(1, Metrics.TopK(scores, [1, 1, 1], 3), 1e-12);
        Assert.Throws<ArgumentException>(() => Metrics.Accuracy(scores, [1, 0]));
        Assert.Throws<ArgumentException>(() => Metrics.TopK(scores, [1, 0, 3], 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void ScoresWithNaN_NameNoClass(int at)
    {
        float[] scores = [1f, 2f, float.PositiveInfinity];
        Assert.Equal(2, Metrics.ArgMax(scores));
        scores[at] = float.NaN;
        Assert.Equal(-1, Metrics.ArgMax(scores));
        for (var label = -1; label < 3; label++)
            Assert.Equal(0, Metrics.Accuracy(scores, [label]));
        for (var label = 0; label < 3; label++)
            Assert.Equal(0, Metrics.TopK(scores, [label], 3));
    }

    [Fact]
    public void ConfusionMatrix_PredictionsOfNone_AreNotRight()
    {
        var matrix = new ConfusionMatrix(2);
        foreach (var (actual, predicted) in new[] { (0, 0), (0, -1), (1, 1), (1, 0) })
            matrix.Add(actual, predicted);

        Assert.Equal((4, 0.5), (matrix.Total, matrix.Accuracy));
        Assert.Equal((1, 0), (matrix.Unclassified(0), matrix.Unclassified(1)));
        Assert.Equal((0.5, 0.5), (matrix.Recall(0), matrix.Precision(0)));
        Assert.Equal(2.0 / 4, matrix.F1(0), 1e-12);
        Assert.Equal(
            """
            actual \ predicted     0     1  none   recall
            0                      1     ·     1   50.0 %
            1                      1     1     ·   50.0 %
            accuracy 50.0 % of 4, macro F1 58.3 %
            """.ReplaceLineEndings("\n"),
            matrix.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, -2));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(2, -1));
    }

    [Fact]
    public void Regression_ByHand()
    {
        float[] actual = [1, 2, 3, 6];
        float[] predicted = [1, 3, 3, 4];
        Assert.Equal(0.75, Metrics.MeanAbsoluteError(predicted, actual), 1e-12);
        Assert.Equal(1.25, Metrics.MeanSquaredError(predicted, actual), 1e-12);
        Assert.Equal(1 - 5.0 / 14, Metrics.RSquared(predicted, actual), 1e-12);
        Assert.True(double.IsNaN(Metrics.RSquared([1f, 1f], [2f, 2f])));
        Assert.Throws<ArgumentException>(() => Metrics.RSquared(predicted, [1f]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public void LearningCurve_IsWellFormedAndInsideItsFrame(int epochs)
    {
        var history = new TrainingHistory();
        for (var i = 1; i <= epochs; i++)
            history.Add(new EpochResult(i, 2f / i, i % 2 == 0 ? null : 2.2f / i, 1f - 0.9f / i, 1, 1, 0.1f, true));
        var culture = Thread.CurrentThread.CurrentCulture;
        Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
        var svg = LearningCurveSvg.Render(history, "A < B & C");
        Thread.CurrentThread.CurrentCulture = culture;
        var root = XDocument.Parse(svg).Root!;
        Assert.Equal("svg", root.Name.LocalName);
        Assert.Contains(root.Descendants(), element => element.Value == "A < B & C");
        var lines = root.Descendants().Where(element => element.Name.LocalName == "polyline").ToArray();
        Assert.Equal(3, lines.Length);
        foreach (var point in lines.SelectMany(line => line.Attribute("points")!.Value.Split(' ')))
        {
            var (x, y) = (float.Parse(point.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture),
                float.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture));
            Assert.InRange(x, 62f, 442f);
            Assert.InRange(y, 14f, 274f);
        }
    }

    [Fact]
    public void LearningCurve_WithoutEpochs_Throws() => Assert.Throws<ArgumentException>(() => LearningCurveSvg.Render(new TrainingHistory()));

    [Theory]
    [InlineData(0.13, 0.92, false, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(1, 5, true, "1 2 3 4 5")]
    [InlineData(1, 30, true, "0 10 20 30")]
    public void Ticks_AreRoundNumbersAroundTheRange(double low, double high, bool whole, string expected) =>
        Assert.Equal(expected,
            string.Join(' ', SvgPanel.Ticks(low, high, whole)
                .Select(tick => tick.ToString(whole ? "0" : "0.0", System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public void LabelScorer_LeavesOutIgnoredLabels()
    {
        var info = new ModelInfo
        {
            Name = "Tagger",
            Parameters = [],
            ParameterFloats = 0,
            HasLoss = true,
            Outputs = [new() { Name = "scores", Shape = [2, 2], Length = 4 }],
            Inputs = [new() { Name = "tags", Shape = [2], Length = 2, IsLabels = true, Classes = 2, UsedByPredict = false, IgnoredLabel = -100 }],
        };
        using var batch = new Batch(info, 2);
        batch.SetRow(0, 0, [1, -100]);
        batch.SetRow(0, 1, [-100, 0]);
        var scorer = LabelScorer.For(info)!;

        // Scores [class, position]: class 1, class 0; class 0, class 1.
        scorer.Add(batch, [0, 1, 1, 0, 1, 0, 0, 1]);

        Assert.Equal((2L, 1L, 1L), (scorer.Matrix.Total, scorer.Matrix[1, 1], scorer.Matrix[0, 1]));
    }
}
