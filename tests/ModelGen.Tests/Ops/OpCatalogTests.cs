using System.Reflection;
using ModelGen.Generator.Ops;

namespace ModelGen.Tests.Ops;

/// <summary>The catalogue and the declaration surface name the same things.</summary>
public class OpCatalogTests
{
    // What the language writes as operators of Tensor.
    private static readonly string[] s_operators = ["Add", "Sub", "Mul", "Div", "Neg"];

    // Made by the front end itself: building blocks without a node of their own.
    private static readonly string[] s_withoutOp = ["Repeat", "Parameter"];

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

    [Theory]
    [MemberData(nameof(Names))]
    public void Op_HasAMethodOfNn_WithItsParameters(string name)
    {
        if (s_operators.Contains(name)) return;
        var op = OpCatalog.Find(name)!;
        var methods = typeof(Nn).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name == name).ToList();
        Assert.NotEmpty(methods);
        foreach (var method in methods)
        {
            Assert.Equal(op.IsLayer, typeof(Delegate).IsAssignableFrom(method.ReturnType));
            var parameters = method.GetParameters().AsEnumerable();
            // A layer gets its constants from the factory and its tensors from the call.
            if (op.IsLayer) parameters = parameters.Concat(method.ReturnType.GetMethod("Invoke")!.GetParameters());
            Assert.Equal(op.Parameters.Select(p => p.Name).Order(StringComparer.Ordinal), parameters.Select(p => p.Name!).Order(StringComparer.Ordinal));
            foreach (var parameter in parameters.Where(p => p.HasDefaultValue && p.DefaultValue is not null))
                Assert.Equal(Convert.ToString(op[parameter.Name!].Default, System.Globalization.CultureInfo.InvariantCulture),
                    Convert.ToString(parameter.DefaultValue, System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void EachMethodOfNn_HasAnOp() =>
        Assert.All(typeof(Nn).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(m => m.Name).Distinct().Except(s_withoutOp),
            name => Assert.NotNull(OpCatalog.Find(name)));

    [Fact]
    public void EachLayerAttribute_HasAnOp_WithItsProperties()
    {
        foreach (var type in typeof(LayerAttribute).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(LayerAttribute))))
        {
            var name = type.Name[..^"Attribute".Length];
            var op = OpCatalog.Find(name) ?? OpCatalog.Find(name[..^"Loss".Length]);
            Assert.True(op is not null, type.Name);
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                Assert.Contains(op.Parameters, p => p.Name.Equals(property.Name, StringComparison.OrdinalIgnoreCase));
        }
    }
}
