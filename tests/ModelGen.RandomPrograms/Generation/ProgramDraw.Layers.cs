namespace ModelGen.RandomPrograms;

internal sealed partial class ProgramDraw
{
    private bool Dense()
    {
        if (Pick(v => v is { PerSample: true, Classes: 0, Sizes.Count: 1 or 2 }) is not { } x) return false;
        var units = Size();
        return Layer(x, "Linear", $"Linear({units}{(Chance(30) ? ", bias: false" : "")})", [.. x.Sizes.SkipLast(1), units]);
    }

    private sealed record Window(int[] Kernel, int[] Stride, int[] Padding, int[] Dilation)
    {
        public int[] Sizes(IReadOnlyList<int> input) =>
            [.. input.Select((size, d) => (size + 2 * Padding[d] - Dilation[d] * (Kernel[d] - 1) - 1) / Stride[d] + 1)];

        public bool Fits(IReadOnlyList<int> input) => input.Select((size, d) => size + 2 * Padding[d] - Dilation[d] * (Kernel[d] - 1)).All(left => left >= 1);
    }

    private Window NewWindow(int rank, bool dilates)
    {
        var same = Chance(60);
        int[] Each(Func<int> draw)
        {
            var first = draw();
            return [.. Enumerable.Range(0, rank).Select(d => d == 0 || same ? first : draw())];
        }
        return new(Each(() => 1 + Next(4)), Each(() => Chance(65) ? 1 : 1 + Next(3)), Each(() => Chance(50) ? 0 : Next(3)),
            Each(() => dilates && Chance(20) ? 2 : 1));
    }

    private string Settings(Window w, bool dilation = true)
    {
        var text = Tuple(w.Kernel);
        if (w.Stride.Any(s => s != 1) || Chance(20)) text += ", stride: " + Tuple(w.Stride);
        if (w.Padding.Any(p => p != 0)) text += ", padding: " + Tuple(w.Padding);
        if (dilation && w.Dilation.Any(d => d != 1)) text += ", dilation: " + Tuple(w.Dilation);
        return text;
    }

    private Value? Image(out int rank)
    {
        var x = Pick(v => v is { PerSample: true, Classes: 0, Sizes.Count: 2 or 3 or 4 });
        rank = (x?.Sizes.Count ?? 0) - 1;
        return x;
    }

    private bool Convolve()
    {
        if (Image(out var rank) is not { } x) return false;
        var w = NewWindow(rank, true);
        var spatial = x.Sizes.Skip(1).ToArray();
        if (!w.Fits(spatial)) return false;
        int groups = Chance(25) ? Divisor(x.Sizes[0]) : 1, units = groups == 1 ? Size() : groups * (1 + Next(2));
        return Layer(x, $"Conv{rank}d", $"Conv{rank}d({units}, {Settings(w)}{(groups > 1 ? $", groups: {groups}" : "")}{(Chance(40) ? ", bias: false" : "")})",
            [units, .. w.Sizes(spatial)]);
    }

    private bool ConvolveBack()
    {
        if (Image(out var rank) is not { } x) return false;
        var w = NewWindow(rank, true);
        int groups = Chance(25) ? Divisor(x.Sizes[0]) : 1, units = groups == 1 ? Size() : groups * (1 + Next(2));
        int[] extra = [.. Enumerable.Range(0, rank).Select(d => Chance(30) ? Next(Math.Max(w.Stride[d], w.Dilation[d])) : 0)];
        int[] sizes = [.. x.Sizes.Skip(1).Select((size, d) => (size - 1) * w.Stride[d] - 2 * w.Padding[d] + w.Dilation[d] * (w.Kernel[d] - 1) + extra[d] + 1)];
        if (sizes.Any(s => s < 1)) return false;
        var more = (extra.Any(e => e > 0) ? ", outputPadding: " + Tuple(extra) : "") + (groups > 1 ? $", groups: {groups}" : "")
            + (Chance(40) ? ", bias: false" : "");
        return Layer(x, $"ConvTranspose{rank}d", $"ConvTranspose{rank}d({units}, {Settings(w)}{more})", [units, .. sizes]);
    }

    private bool LocallyConnect()
    {
        if (Tensor(3) is not { } x) return false;
        var w = NewWindow(2, false);
        var units = 1 + Next(3);
        return w.Fits(x.Sizes.Skip(1).ToArray())
            && Layer(x, "LocallyConnected2d", $"LocallyConnected2d({units}, {Settings(w, dilation: false)}{(Chance(40) ? ", bias: false" : "")})",
                [units, .. w.Sizes(x.Sizes.Skip(1).ToArray())]);
    }

    private bool LookUp()
    {
        int count = Size(), width = Size();
        int[] sizes = Chance(40) ? [] : [Size()];
        var words = _inputs.FirstOrDefault(i => i.Classes > 0 && Chance(50));
        if (words is null)
        {
            words = Labels(_inputs, count, sizes);
        }
        (count, sizes) = (words.Classes, [.. words.Sizes]);
        if (Chance(40))
        {
            Add("Take({0}, {1})", [.. sizes, width], true, ["Take"], Parameter([count, width]), words);
            return true;
        }
        var table = new Field(Name("table"), "EmbeddingLayer", $"Embedding({count}, {width}{(Chance(25) ? $", paddingIdx: {Next(count)}" : "")})");
        AddAll(table.Name + "({0})", [([.. sizes, width], true)], ["Embedding"], table, words);
        return true;
    }

    private bool Gather()
    {
        if (Pick(v => v is { PerSample: true, Classes: 0, Sizes.Count: > 0 }) is not { } x) return false;
        var axis = Next(x.Sizes.Count);
        int[] sizes = [.. x.Sizes];
        sizes[axis] = Size();
        if (sizes.Aggregate(1, (p, s) => p * s) > MostElements) return false;
        Add($"Gather({{0}}, {axis + 1}, {{1}})", sizes, true, ["Gather"], x, Labels(_inputs, x.Sizes[axis], sizes));
        return true;
    }

    private bool PoolSome()
    {
        if (Image(out var rank) is not { } x) return false;
        var isMax = Chance(50);
        var w = NewWindow(rank, isMax);
        var spatial = x.Sizes.Skip(1).ToArray();
        if (!w.Fits(spatial) || w.Padding.Where((p, d) => 2 * p > w.Kernel[d]).Any()) return false;
        var sizes = w.Sizes(spatial);
        // Each window needs an element of the input.
        for (var d = 0; d < rank; d++)
            for (var o = 0; o < sizes[d]; o++)
                if (!Enumerable.Range(0, w.Kernel[d]).Any(k => o * w.Stride[d] - w.Padding[d] + k * w.Dilation[d] is var at && at >= 0 && at < spatial[d]))
                    return false;
        var settings = Tuple(w.Kernel) + ", stride: " + Tuple(w.Stride) + (w.Padding.Any(p => p != 0) ? ", padding: " + Tuple(w.Padding) : "")
            + (w.Dilation.Any(p => p != 1) ? ", dilation: " + Tuple(w.Dilation) : "");
        if (!isMax && Chance(30)) settings += ", countIncludePad: false";
        if (!isMax && Chance(15)) settings += ", divisorOverride: 3";
        Add($"{(isMax ? "Max" : "Avg")}Pool{rank}d({{0}}, {settings})", [x.Sizes[0], .. sizes], true, [$"{(isMax ? "Max" : "Avg")}Pool{rank}d"], x);
        return true;
    }

    private bool PoolGlobally()
    {
        if (Image(out var rank) is not { } x) return false;
        Add($"GlobalAvgPool{rank}d({{0}})", [x.Sizes[0]], true, [$"GlobalAvgPool{rank}d"], x);
        return true;
    }

    private bool PoolAdaptively()
    {
        if (Image(out var rank) is not { } x) return false;
        int[] sizes = [.. Enumerable.Range(0, rank).Select(d => Chance(50) ? 1 + Next(x.Sizes[d + 1]) : Math.Min(6, Size()))];
        if (x.Sizes[0] * sizes.Aggregate(1, (p, s) => p * s) > MostElements) return false;
        var op = $"Adaptive{One(["Max", "Avg"])}Pool{rank}d";
        Add($"{op}({{0}}, {Tuple(sizes)})", [x.Sizes[0], .. sizes], true, [op], x);
        return true;
    }

    private bool Filter()
    {
        if (Tensor(3) is not { } x) return false;
        var w = NewWindow(2, false) with { Kernel = Chance(50) ? [2, 2] : [3, 3] };
        if (!w.Fits(x.Sizes.Skip(1).ToArray())) return false;
        var weights = string.Join(", ", Enumerable.Range(0, w.Kernel[0] * w.Kernel[1]).Select(_ => Text((Next(9) - 4) / 4.0)));
        var stride = w.Stride.Any(s => s != 1) ? ", stride: " + Tuple(w.Stride) : "";
        var padding = w.Padding.Any(s => s != 0) ? ", padding: " + Tuple(w.Padding) : "";
        Add($"FixedConv2d({{0}}, [{weights}]{stride}{padding})", [x.Sizes[0], .. w.Sizes(x.Sizes.Skip(1).ToArray())], true, ["FixedConv2d"], x);
        return true;
    }

    private bool Upsample()
    {
        if (Tensor(3) is not { } x) return false;
        var op = One(["UpsampleNearest2d", "UpsampleBilinear2d"]);
        int[] sizes = [.. x.Sizes.Skip(1)];
        var settings = "";
        if (Chance(50))
        {
            settings = "scaleFactor: 2";
            sizes = [.. sizes.Select(s => 2 * s)];
        }
        else
        {
            sizes = [Size(), Size()];
            settings = $"size: ({sizes[0]}, {sizes[1]})";
        }
        if (x.Sizes[0] * sizes[0] * sizes[1] > MostElements) return false;
        if (op == "UpsampleBilinear2d" && Chance(40)) settings += ", alignCorners: true";
        Add($"{op}({{0}}, {settings})", [x.Sizes[0], .. sizes], true, [op], x);
        return true;
    }

    private bool Shuffle()
    {
        if (Pick(v => v is { PerSample: true, Classes: 0, Sizes.Count: 3 } && v.Sizes[0] % 4 == 0) is not { } x) return false;
        Add("PixelShuffle({0}, 2)", [x.Sizes[0] / 4, 2 * x.Sizes[1], 2 * x.Sizes[2]], true, ["PixelShuffle"], x);
        return true;
    }
}
