using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Take : Op
{
    public override string Name => "Take";

    public override string Summary =>
        "Returns rows of a table that is a <see cref=\"Parameter(int[])\"/> of its own, so that others can share it: f32[count,D], i32[N,…] → f32[N,…,D].";

    public override OpDoc Doc => new("y[…,d] = x[index[…], d]", "table [count, D], indices [N, …] → [N, …, D]", "rows of a table",
        "Embedding with a table that is a parameter of its own, so that other layers can share it. The indices are below count. Repeated indices add.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x", "the table"),
        OpParameter.Labels("index", "the rows to look up; below count"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(9, 3)), ("index", SampleOperand.Labels(9, Axis.Batch, 5))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.TensorOfRank("x", 2, "a table [count,D]");
        var index = call.Tensor("index");
        if (x.Shape[0].PerSample) throw call.Fail("MG2007", $"cannot take rows of {x.Shape}: axis 0 is the batch axis");
        if (index.Type.Element != ElementType.I32) throw call.Fail("MG2010", "expects integer indices (Labels), got numbers");
        Embedding.RequireClasses(call, index, x.Shape[0].Factor);
        x = call.Builder.NameAxes(x, "v", "d");
        return One(Embedding.Rows(call.Builder, x, index, (_, row) => row));
    }
}
