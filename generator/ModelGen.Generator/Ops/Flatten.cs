using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Flatten : Op
{
    public override string Name => "Flatten";

    public override string Summary => "Joins all axes but the batch axis into one: f32[N,A,B,…] → f32[N,A·B·…].";

    public override bool KeepsScale => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new("all axes but the batch axis in one", "[N, A, B, …] → [N, A·B·…]", "torch.flatten", "The same memory: no work.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[] { OpParameter.Tensor("x") };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        if (!x.Shape.IsPerSample) return One(call.Builder.Reshape(x, Shape.Of(x.Shape.Length.Named("i"))));
        return One(call.Builder.Reshape(x, Shape.Of(x.Shape[0], Shape.Of(x.Shape.Axes.Skip(1)).Length.Named("i"))));
    }
}
