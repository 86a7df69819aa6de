using ModelGen.Generator.Ops;

namespace ModelGen.RandomPrograms;

internal sealed partial class ProgramDraw
{
    private (int Weight, Func<bool> Draw)[] Kinds =>
    [
        (10, Unary), (9, Arithmetic), (3, WithNumber), (2, Choose), (3, Normalise), (2, DropSome), (3, Dense), (5, Convolve), (2, ConvolveBack),
        (2, LocallyConnect),
        (2, LookUp), (4, PoolSome), (1, PoolGlobally), (2, PoolAdaptively), (1, Filter), (2, Upsample), (1, Shuffle), (3, Recur), (3, Attend), (2, Position),
        (3, Flatten), (4, Reshape), (5, Turn), (5, Concat), (3, Split), (5, Slice), (5, Pad), (2, Gather), (3, Softmax), (4, Multiply), (8, Reduce),
        (4, Compare), (4, Rearrange), (4, AlongAxis), (4, WithConstants), (1, OfChannels),
    ];

    private void Step()
    {
        var kinds = Kinds;
        for (var attempt = 0; attempt < 30; attempt++)
        {
            var at = Next(kinds.Sum(k => k.Weight));
            var kind = 0;
            while (at >= kinds[kind].Weight) at -= kinds[kind++].Weight;
            if (kinds[kind].Draw()) return;
        }
    }

    // The functions of the catalogue by their samples, and other ways to write one of a single operand.
    private static readonly (string Op, string Text)[] s_unary =
    [
        .. OpCatalog.All.OfType<ElementwiseOp>().Where(op => op.Operator is null).SelectMany(op => op.Samples.Select(sample => (op.Name, Call(op, sample)))),
        ("Neg", "-{0}"), ("Pow", "Pow(Abs({0}) + 0.5f, 1.5f)"), ("Mul", "{0} * {0}"), ("Mul", "{0} * 0"), ("Div", "{0} / ({0} * {0} + 1)"),
    ];

    private static string Call(ElementwiseOp op, OpSample sample)
    {
        var constants = sample.Constants.Select(c => FormattableString.Invariant($", {c.Name}: {c.Value}f"));
        return $"{op.Name}({Within(sample.Operands.Single())}{string.Concat(constants)})";
    }

    // Values are about as far from 0 as 1. A function that is for others gets an operand that is moved there.
    private static string Within(SampleOperand operand) => operand is { Low: -1, High: 1 } ? "{0}"
        : operand.Low > 0 ? FormattableString.Invariant($"Abs({{0}}) + {operand.Low}f")
        : operand.High == 0 ? "-Abs({0})" : FormattableString.Invariant($"{{0}} * {operand.High}");

    private bool Unary()
    {
        if (Pick(v => v.Classes == 0) is not { } x) return false;
        if (Chance(6) && x.PerSample && x.Sizes.Count > 0)
            return Chance(50) ? Layer(x, "PRelu", "PRelu()", x.Sizes) : Layer(x, "PRelu", $"PRelu({x.Sizes[0]}, 0.2f)", x.Sizes);
        var (op, text) = One(s_unary);
        Add(text, x.Sizes, x.PerSample, text.Contains(" * ", StringComparison.Ordinal) && op != "Mul" ? [op, "Mul"] : [op], x);
        return true;
    }

    private static readonly (string Op, string Text)[] s_binary =
    [
        ("Add", "{0} + {1}"), ("Add", "{0} + {1}"), ("Sub", "{0} - {1}"), ("Mul", "{0} * {1}"), ("Mul", "{0} * {1}"), ("Mul", "{0} * {1}"),
        ("Div", "{0} / (Abs({1}) + 0.5f)"),
        ("Pow", "Pow(Abs({0}) + 0.5f, {1})"), ("Maximum", "Maximum({0}, {1})"), ("Minimum", "Minimum({0}, {1})"),
    ];

    private bool Arithmetic()
    {
        if (Pick(v => v.Classes == 0) is not { } x || Partner(x) is not { } y) return false;
        if (Chance(50)) (x, y) = (y, x);
        var (op, text) = One(s_binary);
        var (sizes, perSample) = Broadcast(x, y)!.Value;
        if (sizes.Aggregate(1, (p, s) => p * s) > MostElements) return false;
        Add(text, sizes, perSample, [op], x, y);
        return true;
    }

    // Something of the pool that broadcasts, or a parameter of which some axes are 1 or missing.
    private Value? Partner(Value x)
    {
        if (Chance(70) && Pick(v => Broadcast(x, v) is not null) is { } known) return known;
        var sizes = x.Sizes.Select(s => Chance(25) ? 1 : s).Skip(Chance(25) ? Next(x.Sizes.Count + 1) : 0).ToArray();
        return Parameter(sizes);
    }

    /// <summary>numpy's rules; null where two values do not fit. Two batch axes have to be the same axis.</summary>
    private static (int[] Sizes, bool PerSample)? Broadcast(Value x, Value y)
    {
        if (x.Classes > 0 || y.Classes > 0) return null;
        var rank = Math.Max(x.Rank, y.Rank);
        if (x.PerSample && x.Rank < rank || y.PerSample && y.Rank < rank) return null;
        var sizes = new List<int>();
        var perSample = x.PerSample || y.PerSample;
        for (var d = 0; d < rank; d++)
        {
            int? a = At(x, d - rank + x.Rank), b = At(y, d - rank + y.Rank);
            if (a is 1) a = b;
            if (b is 1) b = a;
            if (a is null || b is null)
            {
                // The batch axis, against itself or 1.
                if (d > 0 || (a ?? 1) != 1 || (b ?? 1) != 1) return null;
                continue;
            }
            if (a != b) return null;
            if (d > 0 || !perSample) sizes.Add(a.Value);
        }
        return (sizes.ToArray(), perSample);
        // null for the batch axis.
        static int? At(Value v, int d) => d < 0 ? 1 : v.PerSample ? (d == 0 ? null : v.Sizes[d - 1]) : v.Sizes[d];
    }

    private bool WithNumber()
    {
        if (Pick(v => v.Classes == 0) is not { } x) return false;
        var (op, text) = One([
            ("Add", "{0} + 0.5f"), ("Sub", "1 - {0}"), ("Mul", "-0.75f * {0}"), ("Div", "{0} / 3"), ("Div", "1 / (Abs({0}) + 0.75f)"),
            ("Maximum", "Maximum({0}, 0.25f)"), ("Minimum", "Minimum({0}, 0.25f)"),
            ("Add", "{0} * 0 + 1"), ("Pow", "Pow({0}, 2)"), ("Pow", "Pow({0}, 3)"),
        ]);
        Add(text, x.Sizes, x.PerSample, [op], x);
        return true;
    }

    private bool Choose()
    {
        if (Pick(v => v.Classes == 0) is not { } x || Partner(x) is not { } y || Pick(v => v.HasShapeOf(x)) is not { } condition) return false;
        var (sizes, perSample) = Broadcast(x, y)!.Value;
        if (sizes.Aggregate(1, (p, s) => p * s) > MostElements) return false;
        Add("Where(Relu({2}), {0}, {1})", sizes, perSample, ["Where", "Relu"], x, y, condition);
        return true;
    }

    private bool DropSome() => Pick(v => v.Classes == 0) is { PerSample: true } x && Layer(x, "Dropout", "Dropout(0.4f)", x.Sizes);

    private bool Normalise()
    {
        if (Pick(v => v is { PerSample: true, Classes: 0, Sizes.Count: > 0 }) is not { } x) return false;
        var rank = x.Sizes.Count;
        var affine = Truth(Chance(60));
        switch (Next(6))
        {
            case 0 or 1:
                var name = rank == 3 ? "BatchNorm2d" : rank == 4 ? "BatchNorm3d" : rank <= 2 ? "BatchNorm1d" : null;
                return name is not null && Layer(x, name, $"{name}(affine: {affine})", x.Sizes);
            case 2: return Layer(x, "LayerNorm", Chance(50) ? "LayerNorm()" : $"LayerNorm({List(x.Sizes.Skip(Next(rank)))}, affine: {affine})", x.Sizes);
            case 3: return Layer(x, "RmsNorm", Chance(50) ? "RmsNorm()" : $"RmsNorm({List(x.Sizes.Skip(Next(rank)))}, affine: {affine})", x.Sizes);
            case 4:
                var groups = Divisor(x.Sizes[0]);
                return x.Length > groups && Layer(x, "GroupNorm", $"GroupNorm({groups}, affine: {affine})", x.Sizes);
            default: return rank > 1 && Layer(x, "InstanceNorm", $"InstanceNorm(affine: {affine})", x.Sizes);
        }
    }

    private int Divisor(int of) => One([.. Enumerable.Range(1, of).Where(d => of % d == 0)]);
}
