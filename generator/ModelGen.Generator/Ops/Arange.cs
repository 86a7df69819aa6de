using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Arange : Op
{
    public override string Name => "Arange";

    public override string Summary => "Returns the numbers start, start + step, … below end, without a batch axis.";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("start + i · step", "[⌈(end - start) / step⌉]", "torch.arange",
        "It has no batch axis and broadcasts as a parameter does; it is no parameter. With one number, from 0 to below it.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Real("start", "the first number; the end where it is the only argument, and 0 is the first"),
        OpParameter.OptionalReal("end", "what the numbers stay below"),
        OpParameter.Real("step", "the distance, not 0; negative counts downwards", 1),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("start", 1.0), ("end", 4.0)), new OpSample(("start", 5.0)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2009", new OpSample(("start", 1.0), ("end", 4.0), ("step", 0.0))),
        ("MG2009", new OpSample(("start", 4.0), ("end", 1.0))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        double start = call.Has("end") ? call.Real("start") : 0, end = call.Real(call.Has("end") ? "end" : "start"), step = call.Real("step");
        if (step == 0) throw call.Fail("MG2009", "needs a step that is not 0");
        var count = Math.Ceiling((end - start) / step);
        if (!(count >= 1)) throw call.Fail("MG2009", $"has no number from {call.Number(start)} to below {call.Number(end)} in steps of {call.Number(step)}");
        return One(Sequence(call.Builder, call.Size((long)Math.Min(count, long.MaxValue / 2), "a length"), start, step));
    }

    /// <summary>start + i · step.</summary>
    internal static Node Sequence(GraphBuilder b, int count, double start, double step) =>
        b.Compute(Shape.Of(count), Array.Empty<Axis>(), Combine.None, v => step * new Expr.IndexOf(v[0]) + start, Purpose.Part("constant"));
}
