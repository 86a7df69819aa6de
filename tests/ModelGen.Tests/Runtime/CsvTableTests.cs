namespace ModelGen.Tests.Runtime;

public sealed class CsvTableTests : IDisposable
{
    private const string Houses = """"
        area,town,"price, in thousands",kind
        100,Ulm,250.5,a
        80,"Bonn, Nord",?,b
        ,Ulm,1e2,"say ""a"""

        """";

    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Load_ReadsQuotesAndTellsNumbersFromTexts()
    {
        var table = Load(Houses);
        Assert.Equal(["area", "town", "price, in thousands", "kind"], table.Names);
        Assert.Equal(3, table.Count);
        Assert.Equal([true, false, true, false], table.Names.Select(table.IsNumeric));
        Assert.Equal(["Bonn, Nord", "Ulm"], table.Categories("town"));
        Assert.Equal(["a", "b", "say \"a\""], table.Texts("kind"));
        Assert.Contains("has no column 'x'; it has area, town", Assert.Throws<ArgumentException>(() => table.Texts("x")).Message);
    }

    [Fact]
    public void ToDataset_ATextIsANumberForEachCategory()
    {
        var table = Load(Houses, new CsvOptions { Missing = MissingValues.Mean });
        var data = table.ToDataset(["town", "area"], "price, in thousands");
        var (inputs, targets) = ((FloatColumn)data.Columns[0], (FloatColumn)data.Columns[1]);
        Assert.Equal([0, 1, 100], inputs.Row(0).ToArray());
        Assert.Equal([1, 0, 80], inputs.Row(1).ToArray());
        Assert.Equal([0, 1, 90], inputs.Row(2).ToArray());
        Assert.Equal([(250.5f + 100) / 2], targets.Row(1).ToArray());
        var classes = table.ToClasses(["area"], "kind");
        Assert.Equal([2], ((LabelColumn)classes.Columns[1]).Row(2).ToArray());
    }

    [Fact]
    public void ToDataset_MissingNumbers_AreDealtWithAsAsked()
    {
        var error = Assert.Throws<DataFormatException>(() => Load(Houses).ToClasses(["town", "area"], "kind"));
        Assert.Contains("line 4 column 'area' has '', expected a number", error.Message);
        var zero = Load(Houses, new CsvOptions { Missing = MissingValues.Zero }).ToDataset(["area"], "price, in thousands");
        Assert.Equal([0], ((FloatColumn)zero.Columns[1]).Row(1).ToArray());
        var left = Load(Houses, new CsvOptions { Missing = MissingValues.SkipLine }).ToDataset(["area"], "price, in thousands");
        Assert.Equal(1, left.Count);
        Assert.Contains(
            "line 2 column 'town' has 'Ulm', expected a number", Assert.Throws<DataFormatException>(() => Load(Houses).ToDataset(["kind"], "town")).Message);
    }

    [Fact]
    public void Load_OtherSeparatorsAndNoHeader()
    {
        var table = Load("1;2\n3;4\n", new CsvOptions { HasHeader = false });
        Assert.Equal(["c1", "c2"], table.Names);
        Assert.Equal(["2", "4"], table.Texts("c2"));
        Assert.Equal(["4"], Load("a|b\n3|4\n", new CsvOptions { Separator = '|' }).Texts("b"));
    }

    [Theory]
    [InlineData("a,b\n1,2\n1,2,3\n", "line 3 has 3 fields, expected 2 (a, b)")]
    [InlineData("a,b\n", "no line of data")]
    [InlineData("", "no line of data")]
    [InlineData("a,a\n1,2\n", "'a'")]
    public void Load_WhatIsDamaged_SaysWhatAndWhere(string text, string message) =>
        Assert.Contains(message, Assert.Throws<DataFormatException>(() => Load(text)).Message);

    private CsvTable Load(string text, CsvOptions? options = null)
    {
        File.WriteAllText(_file, text);
        return CsvTable.Load(_file, options);
    }
}
