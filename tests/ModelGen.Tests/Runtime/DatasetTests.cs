namespace ModelGen.Tests.Runtime;

public sealed class DatasetTests
{
    [Fact]
    public void Constructor_UnevenColumns_Throws()
    {
        Assert.Contains("'a' 2, 'b' 3",
            Assert.Throws<ArgumentException>(() => new Dataset(new FloatColumn("a", new float[4], 2), new FloatColumn("b", new float[3]))).Message);
        Assert.Contains("not a multiple of 2", Assert.Throws<ArgumentException>(() => new FloatColumn("a", new float[5], 2)).Message);
        Assert.Throws<ArgumentException>(() => new Dataset());
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabelColumn("a", [1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ByteColumn("a", [1], [1], std: 0f));
    }

    [Fact]
    public void TakeSkipSelect_GiveTheirSamples()
    {
        var data = Numbers(10);
        Assert.Equal([0, 1, 2], Labels(data.Take(3)));
        Assert.Equal([8, 9], Labels(data.Skip(8)));
        Assert.Equal([5, 3], Labels(data.Skip(3).Select([2, 0])));
        Assert.Equal((10, 0), (data.Take(99).Count, data.Skip(99).Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Take(-1));
    }

    [Fact]
    public void Split_PartsAllSamples_BySeed()
    {
        var data = Numbers(100);
        var (first, second) = data.Split(0.8, seed: 4);
        Assert.Equal((80, 20), (first.Count, second.Count));
        Assert.Equal(Enumerable.Range(0, 100), Labels(first).Concat(Labels(second)).Order());
        Assert.Equal(Labels(first), Labels(data.Split(0.8, seed: 4).First));
        Assert.NotEqual(Labels(first), Labels(data.Split(0.8, seed: 5).First));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(1));
        Assert.Throws<InvalidOperationException>(() => data.Take(1).Split(0.5));
    }

    [Fact]
    public void ThrowIfUnfit_SaysWhatDoesNotFit()
    {
        var info = SoftmaxRegression.Describe(6, 3);
        Assert.Contains("x f32[N,6]; the data set's column 0 is input f32[N,5].", Unfit(Dataset.FromArrays(new float[10], new int[2], 5), info));
        Assert.Contains("WithShape(0, 6) makes it fit", Unfit(Dataset.FromArrays(new float[12], new int[2], 2, 3), info));
        Assert.Contains("x f32[N,6], y i32[N]; the data set has input f32[N,6].", Unfit(new Dataset(new FloatColumn("input", new float[12], 6)), info));
        Assert.Contains("column 1 is target f32[N,1]", Unfit(Dataset.FromArrays(new float[12], [6], new float[2], [1]), info));
        Assert.Contains("is empty", Unfit(Dataset.FromArrays([], [], 6), info));
        Assert.Contains("Sample 1 of the column 'label' cannot be used for SoftmaxRegression: the label is 3, not from 0 to 2 (3 classes).",
            Unfit(Dataset.FromArrays(new float[12], [0, 3], 6), info));
        var positions = new Dataset(new FloatColumn("x", new float[12], 6), new LabelColumn("label", [0, 1, 2, 0, 1, 3], 3));
        var perPosition = new ModelInfo
        {
            Name = "Tagger",
            Outputs = [],
            Parameters = [],
            ParameterFloats = 0,
            Inputs = [new() { Name = "x", Shape = [6], Length = 6 },
                new() { Name = "label", Shape = [3], Length = 3, IsLabels = true, Classes = 3, UsedByPredict = false }],
        };
        Assert.Equal("Sample 1 of the column 'label' cannot be used for Tagger: the label at position 2 is 3, not from 0 to 2 (3 classes).",
            Unfit(positions, perPosition));
        Assert.Contains("the label is -1", Unfit(Dataset.FromArrays(new float[12], [0, -1], 6), info));
        var values = new float[12];
        values[8] = float.NaN;
        Assert.Contains("Sample 1 of the column 'input' cannot be used for SoftmaxRegression: element 2 is NaN.",
            Unfit(Dataset.FromArrays(values, new int[2], 6), info));
        Dataset.FromArrays(new float[12], new int[2], 2, 3).WithShape(0, 6).ThrowIfUnfit(info);
        new Dataset(new FloatColumn("input", new float[12], 6)).ThrowIfUnfit(info, inputsOnly: true);
        Assert.Throws<ArgumentException>(() => Numbers(3).WithShape(0, 2));
    }

    [Fact]
    public void ByteColumn_OddLengths_ConvertsAll()
    {
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        foreach (var length in new[] { 1, 15, 16, 17, 31, 40, 256 })
        {
            var info = new ModelInfo
            {
                Name = "test",
                Outputs = [],
                Parameters = [],
                ParameterFloats = 0,
                Inputs = [new InputSpec { Name = "x", Shape = [length], Length = length }],
            };
            using var batch = new Batch(info, 1);
            var data = new Dataset(new ByteColumn("x", bytes[^length..], [length], 0.1307f, 0.3081f));
            data.Fill(batch, data.Rows, inputsOnly: false);
            for (var i = 0; i < length; i++)
                Assert.Equal((bytes[^length..][i] / 255.0 - 0.1307) / 0.3081, batch.Floats(0)[i], 1e-6);
        }
    }

    [Fact]
    public void Batch_RowsAndLabels_AreChecked()
    {
        var info = SoftmaxRegression.Describe(2, 3);
        using var batch = new Batch(info, 4);
        batch.SetRow(0, 1, [1f, 2f]);
        batch.SetRow(1, 1, [2]);
        Assert.Equal(2, batch.Count);
        Assert.Equal([0f, 0f, 1f, 2f], batch.Floats(0)[..4].ToArray());
        Assert.Contains(
            "The label of sample 2 in 'y' is 3; it must be from 0 to 2 (3 classes).",
            Assert.Throws<ArgumentException>(() => batch.SetRow(1, 2, [3])).Message);
        Assert.Contains("has 2 elements, got 3", Assert.Throws<ArgumentException>(() => batch.SetRow(0, 0, [1f, 2f, 3f])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.SetRow(0, 4, [1f, 2f]));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Count = 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batch(info, 0));
        Assert.Contains("use Ints", Assert.Throws<ArgumentException>(() => batch.Floats(1).Length).Message);
        Assert.Contains("use Floats", Assert.Throws<ArgumentException>(() => batch.Ints(0).Length).Message);
        batch.Dispose();
        Assert.Throws<ObjectDisposedException>(() => batch.Floats(0).Length);
    }

    private static string Unfit(Dataset data, ModelInfo info) => Assert.Throws<ArgumentException>(() => data.ThrowIfUnfit(info)).Message;

    private static Dataset Numbers(int count) => Dataset.FromArrays(new float[count], [.. Enumerable.Range(0, count)], 1);

    private static int[] Labels(Dataset data) =>
        [.. Enumerable.Range(0, data.Count).Select(i => ((LabelColumn)data.Columns[1]).Row(data.RowOf(i))[0])];
}
