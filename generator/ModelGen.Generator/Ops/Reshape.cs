using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Reshape : Op
{
    public override string Name => "Reshape";

    public override string Summary => "Returns the same elements in row-major order under another shape.";

    public override bool KeepsScale => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new("the same elements in row-major order", "[N, …] → [N, shape…]", "numpy.reshape",
        "The same memory: no work. The products of the sizes agree. One size may be -1.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integers("shape", "the sizes without the batch axis, if x has one; one of them may be −1 and is computed"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("shape", new[] { 2, 6 })) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var sizes = call.Integers("shape").ToArray();
        if (sizes.Any(s => s < 1 && s != -1) || sizes.Count(s => s == -1) > 1)
            throw call.Fail("MG2009", $"needs positive sizes, at most one of them -1, got [{string.Join(",", sizes)}]");
        // A parameter or a constant has no batch axis: its first one is an axis like any other.
        var batch = x.Shape.Axes.Take(x.Shape.IsPerSample ? 1 : 0).ToArray();
        var own = x.Shape.Axes.Skip(batch.Length).Select(a => a.Factor).ToArray();
        long have = Product(own), want = Product(sizes.Where(s => s != -1));
        var free = System.Array.IndexOf(sizes, -1);
        if (free >= 0 && have % want == 0) sizes[free] = (int)(have / want);
        else if (have != want)
            throw call.Fail("MG2006",
                $"keeps the number of elements, but {x.Shape} has {Formula(own)}{(batch.Length > 0 ? " per sample" : "")} and "
                    + $"[{string.Join(",", batch.Select(a => a.ToString()).Concat(sizes.Select(s => s.ToString(CultureInfo.InvariantCulture))))}] has "
                    + $"{Formula(sizes.Where(s => s != -1))}"
                + (free >= 0 ? $", which does not divide it ({have} / {want} leaves {have % want})" : ""));
        return One(call.Builder.Reshape(x, Shape.Of(batch.Concat(sizes.Select(s => (Axis)s)))));
    }

    private static long Product(IEnumerable<int> sizes) => Lengths.Product(sizes.Select(s => (long)s));

    private static string Formula(IEnumerable<int> sizes)
    {
        var list = sizes.ToList();
        return list.Count < 2 ? $"{Product(list)}" : $"{string.Join("*", list)} = {Product(list)}";
    }
}
