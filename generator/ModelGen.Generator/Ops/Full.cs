using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Full : Op
{
    public override string Name => "Full";

    public override string Summary => "Returns a tensor without a batch axis whose elements are all one number.";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("value", "[shape…]", "constant", "It has no batch axis and broadcasts as a parameter does; it is no parameter.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Real("value", "the number"),
        OpParameter.Integers("shape", "the sizes; without any it is one number"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("value", 0.5), ("shape", new[] { 2, 3 })) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[] { ("MG2009", new OpSample(("value", 1.0), ("shape", new[] { -1 }))) };

    public override IReadOnlyList<Node> Build(OpCall call) => One(Of(call, call.Real("value")));

    /// <summary>A tensor of the sizes of the argument "shape".</summary>
    internal static Node Of(OpCall call, double value) => Of(call.Builder, SizesOf(call), value);

    /// <summary>A tensor of one number.</summary>
    internal static Node Of(GraphBuilder b, Shape shape, double value) =>
        b.Compute(shape, Array.Empty<Axis>(), Combine.None, (Expr)value, Purpose.Part("constant"));

    /// <summary>The argument "shape" as the shape of a constant.</summary>
    /// <exception cref="OpException">MG2009: a size is less than 1.</exception>
    internal static Shape SizesOf(OpCall call)
    {
        var sizes = call.Integers("shape");
        return sizes.All(s => s >= 1) ? Shape.Of(sizes.Select(s => (Axis)s))
            : throw call.Fail("MG2009", $"needs sizes of at least 1, got [{string.Join(",", sizes)}]");
    }
}
