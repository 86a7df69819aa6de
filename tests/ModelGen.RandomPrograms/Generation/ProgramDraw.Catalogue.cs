namespace ModelGen.RandomPrograms;

internal sealed partial class ProgramDraw
{
    private static readonly (string Op, string Text)[] s_comparisons =
    [
        ("Greater", "({0} > {1}) * {0}"), ("GreaterEqual", "({0} >= {1}) + {1}"), ("Less", "({0} < {1}) * {1}"), ("LessEqual", "({0} <= 0.5) * {1}"),
        ("Equal", "Where(Equal({0}, {1}), {0}, 0.5)"), ("NotEqual", "Where(NotEqual({0}, {1}), 0.5, {1})"), ("LogicalNot", "!{0} + {1}"),
        ("LogicalAnd", "({0} & {1}) * {0}"), ("LogicalOr", "({0} | {1}) * {1}"), ("LogicalXor", "({0} ^ {1}) + {0}"),
        ("Remainder", "Abs({0}) % (Abs({1}) + 8)"), ("Fmod", "Fmod({0}, Abs({1}) + 8)"), ("Atan2", "Atan2(Abs({0}) + 0.5, Abs({1}) + 0.5)"),
        ("Hypot", "Hypot({0}, Abs({1}) + 0.5)"), ("CosineSimilarity", ""),
    ];

    // What compares two values, or takes two to one of their shape.
    private bool Compare()
    {
        if (Pick(v => v.Classes == 0) is not { } x || Pick(v => v.HasShapeOf(x)) is not { } y) return false;
        var (op, text) = One(s_comparisons);
        if (op == "CosineSimilarity")
        {
            if (x.Sizes.Count == 0) return false;
            Add($"CosineSimilarity({{0}} + 0.25, {{1}} + 0.25, {x.First})", [.. x.Sizes.Skip(1)], x.PerSample, [op], x, y);
            return true;
        }
        Add(text, x.Sizes, x.PerSample, text.Contains("Where", StringComparison.Ordinal) ? [op, "Where"] : [op], x, y);
        return true;
    }

    // The same elements, some of them, or each several times.
    private bool Rearrange()
    {
        if (WithAxes(1) is not { } x || x.Length > MostElements / 3) return false;
        var axis = Next(x.Sizes.Count);
        int at = axis + x.First, size = x.Sizes[axis];
        int[] With(int other) => [.. x.Sizes.Select((s, d) => d == axis ? other : s)];
        int[] without = [.. x.Sizes.Where((_, d) => d != axis)], more = [.. x.Sizes.Take(axis), 1, .. x.Sizes.Skip(axis)];
        void Same(string op, string text, IReadOnlyList<int> sizes, params string[] others) => Add(text, sizes, x.PerSample, [op, .. others], x);
        switch (Next(14))
        {
            case 0: Same("Unsqueeze", $"Unsqueeze({{0}}, {at})", more); break;
            case 1: Same("Squeeze", $"Squeeze(Unsqueeze({{0}}, {at}), {at})", x.Sizes, "Unsqueeze"); break;
            case 2:
                Same("Expand", $"Expand(Unsqueeze({{0}}, {at}), {string.Join(", ", more.Select((s, d) => d == axis ? 2 : s))})", With2(more, axis),
                "Unsqueeze"); break;
            case 3: Same("Tile", $"Tile({{0}}, {string.Join(", ", x.Sizes.Select((_, d) => d == axis ? 2 : 1))})", With(2 * size)); break;
            case 4: Same("RepeatInterleave", $"RepeatInterleave({{0}}, 2, {at})", With(2 * size)); break;
            case 5: Same("Flip", $"Flip({{0}}, {at})", x.Sizes); break;
            case 6: Same("Roll", $"Roll({{0}}, {Next(2 * size) - size}, {at})", x.Sizes); break;
            case 7: Same("Select", $"Select({{0}}, {at}, {Next(2 * size) - size})", without); break;
            case 8: Add($"Stack({at}, {{0}}, {{1}})", With2(more, axis), x.PerSample, ["Stack"], x, Pick(v => v.HasShapeOf(x))!); break;
            case 9 when x.Sizes.Count > 1: Same("Tril", $"Tril({{0}}, {Next(3) - 1})", x.Sizes); break;
            case 10 when x.Sizes.Count > 1: Same("Triu", $"Triu({{0}}, {Next(3) - 1})", x.Sizes); break;
            case 11 when size % 2 == 0: Same("Glu", $"Glu({{0}}, {at})", With(size / 2)); break;
            case 12 when x.PerSample && x.Sizes[0] % 2 == 0: Same("ChannelShuffle", "ChannelShuffle({0}, 2)", x.Sizes); break;
            case 13 when x is { PerSample: true, Sizes: [_, var h, var w] } && h % 2 == 0 && w % 2 == 0:
                Same("PixelUnshuffle", "PixelUnshuffle({0}, 2)", [x.Sizes[0] * 4, h / 2, w / 2]);
                break;
            default: return false;
        }
        return true;
    }

    private static int[] With2(int[] sizes, int axis) => [.. sizes.Select((s, d) => d == axis ? 2 : s)];

    // Along one axis.
    private bool AlongAxis()
    {
        if (WithAxes(1) is not { } x) return false;
        var axis = Next(x.Sizes.Count);
        int at = axis + x.First, size = x.Sizes[axis];
        int[] without = [.. x.Sizes.Where((_, d) => d != axis)];
        var (op, text, sizes) = One<(string, string, IReadOnlyList<int>)>(
        [
            ("CumSum", $"CumSum({{0}}, {at})", x.Sizes), ("CumProd", $"CumProd(0.5 * Tanh({{0}}) + 1, {at})", x.Sizes),
                ("Prod", $"Prod(Tanh({{0}}) + 0.5, {at})", without),
            ("LogSumExp", $"LogSumExp({{0}}, {at})", without), ("Norm", $"Norm(Abs({{0}}) + 0.25, {at})", without),
                ("Softmin", $"Softmin({{0}}, {at})", x.Sizes),
            ("Normalize", $"Normalize(Abs({{0}}) + 0.25, {at})", x.Sizes), ("ArgMax", $"ArgMax({{0}}, {at})", without),
                ("ArgMin", $"ArgMin({{0}}, {at})", without),
            ("Hardmax", $"Hardmax({{0}}, {at})", x.Sizes), ("Sort", $"Sort({{0}}, {at}).Values", x.Sizes),
            ("TopK", $"TopK({{0}}, 1, {at}).Values", [.. x.Sizes.Select((s, d) => d == axis ? 1 : s)]),
            ("Std", $"Std({{0}} * Arange({size}), {x.Rank - 1}, keepDims: true) + {{0}}", x.Sizes),
        ]);
        if (op == "Std" && (axis != x.Sizes.Count - 1 || size < 2)) return false;
        Add(text, sizes, x.PerSample, op == "Std" ? [op, "Arange"] : [op], x);
        return true;
    }

    // With numbers that stand in the source, or are drawn in the step.
    private bool WithConstants()
    {
        if (Pick(v => v is { PerSample: true, Classes: 0, Sizes.Count: > 0 }) is not { } x) return false;
        var last = x.Sizes[^1];
        var (op, text) = One<(string, string)>(
        [
            ("Zeros", $"{{0}} * (Zeros({last}) + 1)"), ("Ones", $"{{0}} + Ones({last})"), ("Full", $"{{0}} * Full(0.5, {last})"),
                ("ZerosLike", "{0} + ZerosLike({0})"),
            ("OnesLike", "{0} * OnesLike({0})"), ("FullLike", "{0} - FullLike({0}, 0.25)"), ("Eye", $"MatMul({{0}}, Eye({last}))"),
                ("Arange", $"{{0}} * Arange({last})"),
            ("Linspace", $"{{0}} + Linspace(-1, 1, {last})"), ("Constant", $"{{0}} * Constant({List([.. Enumerable.Range(1, last)])})"),
            ("RandomNormal", $"{{0}} + RandomNormal({string.Join(", ", x.Sizes)})"), ("RandomUniform", $"{{0}} * RandomUniform({string.Join(", ", x.Sizes)})"),
            ("RandnLike", "{0} + RandnLike({0})"), ("RandLike", "{0} * RandLike({0})"), ("Bernoulli", "{0} * Bernoulli(Sigmoid({0}))"),
            ("Einsum", $"Einsum(\"...i,i->...\", {{0}}, Arange({last}))"),
        ]);
        if (x.Sizes.Count == 1 && op == "Eye") text = $"Einsum(\"ni,ij->nj\", {{0}}, Eye({last}))";
        Add(text, op == "Einsum" ? [.. x.Sizes.SkipLast(1)] : x.Sizes, true, text.StartsWith("Einsum", StringComparison.Ordinal) ? [op, "Einsum"] : [op], x);
        return true;
    }

    // Regularisation of whole channels or samples, and labels as numbers.
    private bool OfChannels()
    {
        if (Chance(20))
        {
            Add("OneHot({0}, 3)", [2, 3], true, ["OneHot"], Labels(_inputs, 3, [2]));
            return true;
        }
        if (Pick(v => v is { PerSample: true, Classes: 0, Sizes.Count: > 0 }) is not { } x) return false;
        if (x.Sizes.Count == 1 || Chance(30)) return Layer(x, "DropPath", "DropPath(0.25)", x.Sizes);
        return x.Sizes.Count <= 4 && Layer(x, $"Dropout{x.Sizes.Count - 1}d", $"Dropout{x.Sizes.Count - 1}d(0.25)", x.Sizes);
    }

    // Losses of pairs and of sequences; null where the value does not fit.
    private Value? NewerLoss(Value y, Func<Value> target)
    {
        Value Number(string text, string op, params Value[] operands) => Add(text, [], false, [op], operands);
        if (!y.PerSample || y.Sizes.Count == 0) return null;
        switch (Next(12))
        {
            case 0: return Number("PoissonNllLoss({0}, Abs({1}))", "PoissonNllLoss", y, target());
            case 1: return Number("GaussianNllLoss({0}, {1}, Abs({1}) + 0.5)", "GaussianNllLoss", y, target());
            case 2: return Number("MarginRankingLoss({0}, 2 * {0}, Sign({1}), 0.5)", "MarginRankingLoss", y, target());
            case 3: return Number("HingeEmbeddingLoss({0}, Sign({1}))", "HingeEmbeddingLoss", y, target());
            case 4: return Number("SoftMarginLoss({0}, Sign({1}))", "SoftMarginLoss", y, target());
            case 5: return Number("SigmoidFocalLoss({0}, Sigmoid({1}))", "SigmoidFocalLoss", y, target());
            case 6: return Number("DiceLoss(Sigmoid({0}), Sigmoid({1}))", "DiceLoss", y, target());
            case 7 when y.Sizes.Count == 1: return Number("MultiLabelSoftMarginLoss({0}, Sigmoid({1}))", "MultiLabelSoftMarginLoss", y, target());
            case 8 when y.Sizes.Count == 1: return Number("CosineEmbeddingLoss({0}, {1} + 0.5, Sign(Sum({1}, 1)), 0.25)", "CosineEmbeddingLoss", y, target());
            case 9 when y.Sizes.Count == 1: return Number("TripletMarginLoss({0}, {1}, -{1} + 0.25)", "TripletMarginLoss", y, target());
            case 10 when y.Sizes.Count == 1:
                return Number("MultiMarginLoss({0}, {1})", "MultiMarginLoss", y, Labels(_targets, y.Sizes[0], []));
            case 11 when y.Sizes is [> 3, > 1]:
                return Number("CtcLoss(LogSoftmax({0}, 2), {1})", "CtcLoss", y, Labels(_targets, y.Sizes[1], [2]));
            default: return null;
        }
    }
}
