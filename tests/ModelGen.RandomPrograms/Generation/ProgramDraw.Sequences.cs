namespace ModelGen.RandomPrograms;

internal sealed partial class ProgramDraw
{
    private bool Recur()
    {
        if (Pick(v => v is { PerSample: true, Classes: 0, Sizes.Count: 2 } && v.Sizes[0] <= 9) is not { } x) return false;
        var kind = One(["Rnn", "Lstm", "Gru"]);
        var hidden = Math.Min(8, Size());
        int layers = Chance(20) ? 2 : 1, directions = Chance(30) ? 2 : 1;
        var settings = $"{hidden}" + (layers > 1 ? ", 2" : "") + (directions > 1 ? ", bidirectional: true" : "") + (Chance(30) ? ", bias: false" : "")
            + (layers > 1 && Chance(30) ? ", dropout: 0.3f" : "") + (Chance(15) ? ", truncation: 2" : "")
            + (kind == "Rnn" && Chance(30) ? ", nonlinearity: \"relu\"" : "");
        var field = new Field(Name("layer"), kind == "Lstm" ? "LstmLayer" : "RecurrentLayer", $"{kind}({settings})");
        int[] state = [layers * directions, hidden];
        var start = Chance(40) ? Pick(v => v.PerSample && v.Classes == 0 && v.Sizes.SequenceEqual(state)) : null;
        (IReadOnlyList<int>, bool) output = ([x.Sizes[0], directions * hidden], true), last = (state, true);
        AddAll(field.Name + (start is null ? "({0})" : "({0}, {1})"), kind == "Lstm" ? [output, last, last] : [output, last], [kind], field,
            start is null ? [x] : [x, start]);
        return true;
    }

    private bool Attend()
    {
        if (Chance(50))
        {
            if (Tensor(2) is not { } x) return false;
            var field = new Field(Name("layer"), "AttentionLayer",
                $"MultiheadAttention({Divisor(x.Sizes[1])}{(Chance(30) ? ", causal: true" : "")}{(Chance(30) ? ", bias: false" : "")})");
            var memory = Chance(30) ? Pick(v => v is { PerSample: true, Classes: 0, Sizes.Count: 2 } && v.Sizes[1] == x.Sizes[1]) : null;
            AddAll(field.Name + (memory is null ? "({0})" : "({0}, {1})"), [(x.Sizes, true), ([x.Sizes[0], (memory ?? x).Sizes[0]], true)],
                ["MultiheadAttention"], field, memory is null ? [x] : [x, memory]);
            return true;
        }
        if (Pick(v => v is { PerSample: true, Classes: 0, Sizes.Count: 2 or 3 }) is not { } query) return false;
        bool Leads(Value v) =>
            v.PerSample && v.Classes == 0 && v.Sizes.Count == query.Sizes.Count && v.Sizes.SkipLast(2).SequenceEqual(query.Sizes.SkipLast(2));
        if (Pick(v => Leads(v) && v.Sizes[^1] == query.Sizes[^1]) is not { } key || Pick(v => Leads(v) && v.Sizes[^2] == key.Sizes[^2]) is not { } value)
            return false;
        int[] weights = [.. query.Sizes.SkipLast(1), key.Sizes[^2]];
        var mask = Chance(25) ? Pick(v => v.PerSample && v.Classes == 0 && v.Sizes.SequenceEqual(weights)) : null;
        var settings = (mask is null ? "" : ", mask: {3}") + (Chance(30) ? ", causal: true" : "") + (Chance(20) ? ", scale: 0.5f" : "");
        Value[] operands = mask is null ? [query, key, value] : [query, key, value, mask];
        Add($"ScaledDotProductAttention({{0}}, {{1}}, {{2}}{settings})", [.. query.Sizes.SkipLast(1), value.Sizes[^1]], true,
            ["ScaledDotProductAttention"], operands);
        return true;
    }

    private bool Position()
    {
        if (Tensor(2) is not { } x) return false;
        switch (Next(3))
        {
            case 0: return Layer(x, "LearnedPositions", $"LearnedPositions({x.Sizes[0] + Next(3)})", x.Sizes);
            case 1 when x.Sizes[1] % 2 == 0:
                Add("SinusoidalPositions({0})", x.Sizes, true, ["SinusoidalPositions"], x);
                return true;
            case 2 when x.Sizes[1] % 2 == 0:
                Add(Chance(50) ? "Rotary({0})" : "Rotary({0}, \"interleaved\")", x.Sizes, true, ["Rotary"], x);
                return true;
            default: return false;
        }
    }
}
