using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Erf : ElementwiseOp
{
    public override string Name => "Erf";

    public override OpDoc Doc => new("2/√π ∫₀ˣ e^(-t²) dt", "any → same", "error function, Abramowitz and Stegun 7.1.1");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((0, 0), (1, 0.8427007929497149)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Erf(x);
}
