using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Pad : Op
{
    public override string Name => "Pad";

    public override string Summary => "Adds a border around x.";

    public override OpDoc Doc => new("x with a border", "[…, A] → […, before + A + after]", "numpy's pad",
        "padding: before and after for each of the last axes, in the order of the axes. Modes: constant (value), reflect (the edge is not repeated), "
            + "replicate, circular. "
        + "No padding of the batch axis. Reflect needs less padding than elements, circular no more.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integers("padding", "how much is added before and after, for each of the last axes, in their order"),
        OpParameter.Text("mode", "the mode: \"constant\", \"reflect\" (without repeating the edge), \"replicate\" or \"circular\"", "constant"),
        OpParameter.Real("value", "the number in a constant border", 0),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 7)), ("padding", new[] { 1, 2 })) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var padding = call.Integers("padding");
        var mode = call.Text("mode");
        if (padding.Length % 2 != 0 || padding.Length > 2 * x.Shape.Rank || padding.Any(p => p < 0))
            throw call.Fail("MG2009", $"needs before and after, none negative, for each of the last axes of {x.Shape}, got [{string.Join(",", padding)}]");
        if (mode is not ("constant" or "reflect" or "replicate" or "circular"))
            throw call.Fail("MG2009", $"needs a mode of \"constant\", \"reflect\", \"replicate\" or \"circular\", got \"{mode}\"");
        var first = x.Shape.Rank - padding.Length / 2;
        for (var i = 0; i < padding.Length; i += 2)
        {
            int axis = first + i / 2, before = padding[i], after = padding[i + 1], size = x.Shape[axis].Factor;
            if (before == 0 && after == 0) continue;
            if (x.Shape[axis].PerSample) throw call.Fail("MG2007", $"cannot pad axis {axis} of {x.Shape}: it is the batch axis");
            var most = mode == "reflect" ? size - 1 : mode == "circular" ? size : int.MaxValue;
            if (before > most || after > most)
                throw call.Fail("MG2009", $"in mode {mode} can pad axis {axis} of {x.Shape} by at most {most} on a side, got {before} and {after}");
            call.Size((long)before + size + after, $"an axis {axis} of {before} + {size} + {after}");
            x = Along(call.Builder, x, axis, before, after, mode, call.Real("value"));
        }
        return One(x);
    }

    private static Node Along(GraphBuilder b, Node x, int axis, int before, int after, string mode, double value)
    {
        var size = x.Shape[axis].Factor;
        return b.Compute(Shape.Of(x.Shape.Axes.With(axis, x.Shape[axis].WithSize(before + size + after))), Array.Empty<Axis>(), Combine.None, v =>
        {
            // The position in x as coefficient·v + offset.
            Expr At(int coefficient, int offset)
            {
                var index = v.ToArray();
                index[axis] = coefficient == 0 ? AffineIndex.Constant(v.Length, offset) : AffineIndex.Variable(v.Length, axis, coefficient, offset);
                return mode == "constant" ? GraphBuilder.LoadOr(value, x, index) : GraphBuilder.Load(x, index);
            }
            var inside = At(1, -before);
            if (mode == "constant") return inside;
            var position = new Expr.IndexOf(v[axis]);
            var (left, right) = mode switch
            {
                "reflect" => (At(-1, before), At(-1, 2 * (size - 1) + before)),
                "replicate" => (At(0, 0), At(0, size - 1)),
                _ => (At(1, size - before), At(1, -size - before)),
            };
            var body = after == 0 ? inside : Expr.Where(position >= before + size, right, inside);
            return before == 0 ? body : Expr.Where(position < before, left, body);
        });
    }
}
