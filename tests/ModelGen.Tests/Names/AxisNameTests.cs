using ModelGen.Generator.Compile;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;
using Xunit.Abstractions;

namespace ModelGen.Tests.Names;

/// <summary>Axes have names that do not count when shapes and kernels are compared.</summary>
public class AxisNameTests(ITestOutputHelper log)
{
    // Which share of all axes may have no name.
    private const double MostUnnamed = 0.004;

    [Fact]
    public void Axes_ThatDifferInTheirNames_AreEqual()
    {
        Axis rows = new("y", 7), columns = new("x", 7);

        Assert.Equal(rows, columns);
        Assert.Equal(rows.GetHashCode(), columns.GetHashCode());
        Assert.Equal(Shape.Of(Axis.Batch, rows), Shape.Of(Axis.Batch, columns));
        Assert.NotEqual(rows, rows.WithSize(8));
        Assert.Equal("y", rows.WithSize(8).Name);
        Assert.Equal("y", rows.Or("z").Name);
    }

    [Fact]
    public void View_OfNamedAxes_KeepsNamesAndJoinsThem()
    {
        Axis[] image = [Axis.Batch, new("c", 3), new("y", 4), new("x", 5)];

        Assert.Equal(["n", "c", "yx"], Named(3, 20));
        Assert.Equal(["n", "cyx"], Named(60));
        Assert.Equal(["n", "", "c", "y", "x"], Named(1, 3, 4, 5));
        // Two axes where there was one: nothing tells what the parts are.
        Assert.Equal(["n", "c", "", "", "x"], Named(3, 2, 2, 5));
        Assert.Equal(["n", "cy", "x"], Named(12, 5));

        string[] Named(params int[] sizes) =>
            [.. AxisNames.OfView(image, [.. sizes.Select(s => (Axis)s).Prepend(Axis.Batch)]).Select(a => a.Name)];
    }

    [Fact]
    public void Names_OfSeveralAxes_AreOneWordWhereThatCanBeRead()
    {
        Assert.Equal("nyx", AxisNames.OfSeveral([Axis.Batch, new("y", 2), new("x", 2)]));
        Assert.Equal("y", AxisNames.OfSeveral([1, new("y", 2), 1]));
        Assert.Equal(AxisNames.Row, AxisNames.OfSeveral([new("ky", 2), new("kx", 2)]));
        Assert.Equal(AxisNames.Row, AxisNames.OfSeveral([new("y", 2), 3]));
        Assert.Equal(AxisNames.Row, AxisNames.OfSeveral([new("o", 2), new("o", 3)]));
    }

    [Fact]
    public void DistinctNames_OfAxes_AreTheirOwnWhereThatIsFree()
    {
        Assert.Equal(["n", "o", "o2", "i", "j"], AxisNames.Distinct([Axis.Batch, new("o", 2), new("o", 3), 4, 5]));
        Assert.Equal(["i", "j"], AxisNames.Distinct([new("i", 2), 3]));
        Assert.Equal(["x2"], AxisNames.Distinct([new("x", 2)], ["x"]));
    }

    /// <summary>What stays without a name: parts of an axis that a person's Reshape splits, inputs that no op says anything about, and axes of ops on
    /// tensors of any form.</summary>
    [Fact]
    public void AxesOfAllModels_HaveNames()
    {
        int all = 0, unnamed = 0;
        foreach (var (name, graphs) in AllModels.Graphs())
        {
            var axes = ModelCompiler.Lower(graphs).All.SelectMany(p => p.Graph.Nodes).OfType<ComputeNode>()
                .SelectMany(n => n.Axes.Where(a => !a.IsOne)).ToList();
            var missing = axes.Count(a => a.Name.Length == 0);
            if (missing > 0) log.WriteLine($"{name}: {missing} of {axes.Count} axes have no name");
            (all, unnamed) = (all + axes.Count, unnamed + missing);
        }
        log.WriteLine($"{unnamed} of {all} axes have no name");
        Assert.InRange(unnamed, 0, MostUnnamed * all);
    }
}
