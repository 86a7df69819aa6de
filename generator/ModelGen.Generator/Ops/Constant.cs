using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Constant : Op
{
    public override string Name => "Constant";

    public override string Summary => "Returns numbers that are known at compile time as a tensor without a batch axis.";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("the numbers, row by row", "[shape…]", "constant",
        "It has no batch axis and broadcasts as a parameter does; it is no parameter. The numbers may be computed, by loops and functions of Math. As "
            + "many numbers as the sizes say; without sizes it has one axis.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Reals("values", "the numbers, row by row"),
        OpParameter.Integers("shape", "the sizes; one axis without any"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("values", new[] { 1.0, 2, 3, 4, 5, 6 }), ("shape", new[] { 2, 3 })) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2006", new OpSample(("values", new[] { 1.0, 2, 3 }), ("shape", new[] { 2, 2 }))),
        ("MG2009", new OpSample(("values", Array.Empty<double>()), ("shape", Array.Empty<int>()))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var values = call.Reals("values");
        if (values.Length == 0) throw call.Fail("MG2009", "needs at least one number");
        var shape = call.Integers("shape").Length == 0 ? Shape.Of(values.Length) : Full.SizesOf(call);
        if (shape.Elements != values.Length)
            throw call.Fail("MG2006", $"needs as many numbers as {shape} has elements, {shape.Elements}, got {values.Length}");
        // What is one number throughout needs no memory.
        return One(values.All(v => v.Equals(values[0])) ? Full.Of(call.Builder, shape, values[0]) : call.Builder.Constant(shape, values, "values"));
    }
}
