using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Clamp : ElementwiseOp
{
    public override string Name => "Clamp";

    public override string Summary => "Clamps x to [min, max]; the derivative is 1 inside and at the bounds.";

    public override OpDoc Doc =>
        new("min(max(x, min), max)", "any → same", "projection on [min, max]", "Derivative 1 at the bounds. The least is at most the greatest: min ≤ max.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.OptionalReal("min", "the lower bound; none where null"),
        OpParameter.OptionalReal("max", "the upper bound; none where null"),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        Sample(("min", -0.5), ("max", 0.75)).Gives((-2, -0.5), (0.25, 0.25), (2, 0.75)),
        Sample(("min", 0.125)),
    };

    protected override Expr Formula(Expr x, OpCall call)
    {
        double? min = call.Has("min") ? call.Real("min") : null, max = call.Has("max") ? call.Real("max") : null;
        if (min is null && max is null) throw call.Fail("MG2009", "needs min, max or both");
        if (min > max) throw call.Fail("MG2009", $"needs min of at most max, got {call.Number(min.Value)} and {call.Number(max!.Value)}");
        // Comparisons instead of max and min, because at a bound the derivative is 1.
        if (max is not null) x = Expr.Where(x > max.Value, max.Value, x);
        return min is null ? x : Expr.Where(x < min.Value, min.Value, x);
    }
}
