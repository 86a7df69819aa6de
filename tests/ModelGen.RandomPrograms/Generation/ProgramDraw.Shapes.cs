namespace ModelGen.RandomPrograms;

internal sealed partial class ProgramDraw
{
    private Value? WithAxes(int least) => Pick(v => v.Classes == 0 && v.Sizes.Count >= least);

    private bool Flatten()
    {
        if (Pick(v => v is { PerSample: true, Classes: 0, Sizes.Count: > 0 }) is not { } x) return false;
        Add("Flatten({0})", [x.Length], true, ["Flatten"], x);
        return true;
    }

    private bool Reshape()
    {
        if (Pick(v => v is { PerSample: true, Classes: 0 }) is not { } x) return false;
        var sizes = new List<int>();
        var left = x.Length;
        for (var d = Next(3); d > 0; d--)
        {
            var size = Divisor(left);
            sizes.Add(size);
            left /= size;
        }
        sizes.Insert(Next(sizes.Count + 1), left);
        if (Chance(15)) sizes.Insert(Next(sizes.Count + 1), 1);
        if (sizes.Count > 4) return false;
        Add($"Reshape({{0}}, {string.Join(", ", sizes)})", sizes, true, ["Reshape"], x);
        return true;
    }

    private bool Turn()
    {
        if (WithAxes(2) is not { } x) return false;
        var rank = x.Sizes.Count;
        if (rank == 2 || Chance(50))
        {
            int a = Next(rank), b = (a + 1 + Next(rank - 1)) % rank;
            int[] sizes = [.. x.Sizes];
            (sizes[a], sizes[b]) = (sizes[b], sizes[a]);
            Add(a + b == 2 * rank - 3 && Chance(50) ? "Transpose({0})" : $"Transpose({{0}}, {a + x.First}, {b + x.First})", sizes, x.PerSample,
                ["Transpose"], x);
            return true;
        }
        var order = Enumerable.Range(0, rank).ToArray();
        for (var i = rank - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        Add($"Permute({{0}}, {string.Join(", ", (x.PerSample ? [0] : Array.Empty<int>()).Concat(order.Select(o => o + x.First)))})",
            [.. order.Select(o => x.Sizes[o])], x.PerSample, ["Permute"], x);
        return true;
    }

    private bool Concat()
    {
        if (WithAxes(1) is not { } x) return false;
        var axis = Next(x.Sizes.Count);
        bool Fits(Value v) =>
            v.Classes == 0 && v.PerSample == x.PerSample && v.Sizes.Count == x.Sizes.Count
                && v.Sizes.Select((s, d) => d == axis || s == x.Sizes[d]).All(same => same);
        List<Value> parts = [x];
        for (var more = 1 + Next(2); more > 0; more--) parts.Insert(Next(parts.Count + 1), Pick(Fits)!);
        int[] sizes = [.. x.Sizes];
        sizes[axis] = parts.Sum(p => p.Sizes[axis]);
        if (sizes.Aggregate(1, (p, s) => p * s) > MostElements) return false;
        Add($"Concat({axis + x.First}, {string.Join(", ", parts.Select((_, i) => $"{{{i}}}"))})", sizes, x.PerSample, ["Concat"], [.. parts]);
        return true;
    }

    private bool Split()
    {
        if (Pick(v => v.Classes == 0 && v.Sizes.Any(s => s > 1)) is not { } x) return false;
        var axis = One([.. Enumerable.Range(0, x.Sizes.Count).Where(d => x.Sizes[d] > 1)]);
        var size = x.Sizes[axis];
        var first = size % 2 == 0 && Chance(50) ? size / 2 : 1 + Next(size - 1);
        int[] left = [.. x.Sizes], right = [.. x.Sizes];
        (left[axis], right[axis]) = (first, size - first);
        var which = Next(2);
        Add($"Split({{0}}, {axis + x.First}, {first}, {size - first})[{which}]", which == 0 ? left : right, x.PerSample, ["Split"], x);
        return true;
    }

    private bool Slice()
    {
        if (WithAxes(1) is not { } x) return false;
        var axis = Next(x.Sizes.Count);
        int size = x.Sizes[axis], start = Next(size), end = start + 1 + Next(size - start), step = Chance(25) ? 2 : 1;
        int[] sizes = [.. x.Sizes];
        sizes[axis] = (end - start + step - 1) / step;
        Add($"Slice({{0}}, {axis + x.First}, {start}, {end}{(step > 1 ? ", 2" : "")})", sizes, x.PerSample, ["Slice"], x);
        return true;
    }

    private bool Pad()
    {
        if (WithAxes(1) is not { } x) return false;
        var count = 1 + Next(Math.Min(2, x.Sizes.Count));
        var mode = One(["constant", "constant", "constant", "reflect", "replicate", "circular"]);
        int[] sizes = [.. x.Sizes], padding = new int[2 * count];
        for (var i = 0; i < count; i++)
        {
            var axis = sizes.Length - count + i;
            var most = mode == "reflect" ? Math.Min(2, sizes[axis] - 1) : mode == "circular" ? Math.Min(2, sizes[axis]) : 2;
            (padding[2 * i], padding[2 * i + 1]) = (Next(most + 1), Next(most + 1));
            sizes[axis] += padding[2 * i] + padding[2 * i + 1];
        }
        if (padding.All(p => p == 0) || sizes.Aggregate(1, (p, s) => p * s) > MostElements) return false;
        Add($"Pad({{0}}, {List(padding)}{(mode == "constant" ? Chance(20) ? ", value: 0.5f" : "" : $", \"{mode}\"")})", sizes, x.PerSample, ["Pad"], x);
        return true;
    }

    private bool Softmax()
    {
        if (Pick(v => v.Classes == 0 && v.Rank > 0) is not { } x) return false;
        var op = One(["Softmax", "Softmax", "LogSoftmax"]);
        var axis = Chance(10) ? Next(x.Rank) : x.Rank - 1 - Next(Math.Max(1, x.Sizes.Count));
        Add(axis == x.Rank - 1 ? $"{op}({{0}})" : $"{op}({{0}}, {axis})", x.Sizes, x.PerSample, [op], x);
        return true;
    }

    private bool Multiply()
    {
        if (WithAxes(2) is not { } x) return false;
        var y = Chance(75) ? Pick(v => v.Classes == 0 && v.PerSample == x.PerSample && v.Sizes.Count == x.Sizes.Count && v.Sizes[^2] == x.Sizes[^1]
            && v.Sizes.SkipLast(2).SequenceEqual(x.Sizes.SkipLast(2))) : null;
        y ??= Parameter([x.Sizes[^1], Size()]);
        int[] sizes = [.. x.Sizes.SkipLast(1), y.Sizes[^1]];
        if (sizes.Aggregate(1, (p, s) => p * s) > MostElements) return false;
        Add("MatMul({0}, {1})", sizes, x.PerSample, ["MatMul"], x, y);
        return true;
    }

    private bool Reduce()
    {
        if (Pick(v => v.Classes == 0 && v.Rank > 0) is not { } x) return false;
        var op = One(["Sum", "Sum", "Mean", "Mean", "Max", "Min", "Variance"]);
        // The batch axis is summed over now and then: what follows is the same for all samples.
        var keep = Chance(60);
        if (Chance(10))
        {
            Add($"{op}({{0}}{(keep ? ", keepDims: true" : "")})", keep ? [.. Enumerable.Repeat(1, x.Rank)] : [], false, [op], x);
            return true;
        }
        int[] axes = [.. Enumerable.Range(0, x.Rank).Where(a => Chance(a < x.First ? 12 : 50))];
        if (axes.Length == 0) return false;
        var batch = axes.Contains(0) && x.PerSample;
        var sizes = new List<int>();
        if (batch && keep) sizes.Add(1);
        for (var d = 0; d < x.Sizes.Count; d++)
            if (!axes.Contains(d + x.First)) sizes.Add(x.Sizes[d]);
            else if (keep) sizes.Add(1);
        Add($"{op}({{0}}, {List(axes)}{(keep ? ", keepDims: true" : "")})", sizes, x.PerSample && !batch, [op], x);
        return true;
    }
}
