using System.Reflection;
using ModelGen.Generator.Ops;

namespace ModelGen.Tests.Ops;

/// <summary>The catalogue is complete, and no method of Nn stands beside it. What its ops are written to is in SurfaceTests.</summary>
public class OpCatalogTests
{
    // Made by the front end itself: building blocks without a node of their own.
    private static readonly string[] s_withoutOp = ["Repeat", "Parameter", "Parameters", "Buffer", "Sequential", "get_Training"];

    public static TheoryData<string> Names => new(OpCatalog.All.Select(o => o.Name));

    [Fact]
    public void Names_AreUnique() => Assert.Equal(OpCatalog.All.Count, OpCatalog.All.Select(o => o.Name).Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [MemberData(nameof(Names))]
    public void Doc_SaysFormulaShapesAndSource(string name)
    {
        var doc = OpCatalog.Find(name)!.Doc;
        Assert.All([doc.Formula, doc.Shapes, doc.Source], text => Assert.False(string.IsNullOrWhiteSpace(text)));
    }

    [Fact]
    public void EachMethodOfNn_HasAnOp() =>
        Assert.All(typeof(Nn).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(m => m.Name).Distinct().Except(s_withoutOp),
            name => Assert.NotNull(OpCatalog.Find(name)));
}
