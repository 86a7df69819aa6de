namespace ModelGen.RandomPrograms;

internal sealed partial class ProgramDraw
{
    // Mostly the last value; all that has a batch axis may be one.
    private List<Value> Outputs()
    {
        List<Value> outputs = [];
        for (var count = Chance(25) ? 2 : 1; count > 0; count--)
            if (Pick(v => v is { PerSample: true, Classes: 0 } && !outputs.Contains(v) && !_inputs.Contains(v)) is { } output) outputs.Add(output);
        if (outputs.Count == 0) outputs.Add(Add("{0} * 2", _inputs[0].Sizes, true, ["Mul"], _inputs[0]));
        return outputs;
    }

    private Value Loss(IReadOnlyList<Value> outputs)
    {
        var loss = Term(outputs[0]);
        foreach (var output in outputs.Skip(1)) loss = Add(Chance(50) ? "{0} + {1}" : "{0} - 0.5f * {1}", [], false, ["Add"], loss, Term(output));
        return loss;
    }

    private Value Term(Value y)
    {
        // Something between output and loss now and then.
        for (var steps = Chance(30) ? 1 + Next(2) : 0; steps > 0; steps--)
        {
            _pool.Clear();
            _pool.Add(y);
            var count = _statements.Count;
            if (One<Func<bool>>([Unary, Slice, Pad, Turn, Reduce, Softmax, WithNumber])() && _statements.Count > count) y = _statements[^1].Results[0];
        }
        Value Number(string text, string op, params Value[] operands) => Add(text, [], false, [op], operands);
        Value Target()
        {
            var target = new Value(Name("t"), y.Sizes, true);
            _targets.Add(target);
            return target;
        }
        if (Chance(30) && NewerLoss(y, Target) is { } newer) return newer;
        var reduction = Chance(30) ? ", \"sum\"" : "";
        switch (y.PerSample ? Next(24) : Next(9))
        {
            case 0 or 1: return Number("Sum({0})", "Sum", y);
            case 2: return Number("Mean({0})", "Mean", y);
            case 3: return Number("-Mean({0})", "Neg", y);
            case 4 when y.Sizes.Count > 0:
                var axis = Next(y.Sizes.Count);
                var start = Next(y.Sizes[axis]);
                return Number($"-Mean(Slice({{0}}, {axis + y.First}, {start}, {start + 1 + Next(y.Sizes[axis] - start)}))", "Slice", y);
            case 5: return Number("Sum({0} * {0})", "Sum", y);
            case 6 or 7: return Number("Mean({0} * {0} * {0} + {0})", "Mean", y);
            case 8: return Number(One(["Variance({0})", "Max({0})", "Min({0})", "Mean(Abs({0}))"]), "Variance", y);
            case 9: return Number("Variance({0} - {1})", "Variance", y, Target());
            case 10: return Number("Sum({0} * {1})", "Sum", y, Target());
            case 11: return Number($"MseLoss({{0}}, {{1}}{reduction})", "MseLoss", y, Target());
            case 12: return Number($"L1Loss({{0}}, {{1}}{reduction})", "L1Loss", y, Target());
            case 13: return Number($"HuberLoss({{0}}, {{1}}{reduction}{(Chance(30) ? ", delta: 0.5f" : "")})", "HuberLoss", y, Target());
            case 14: return Number($"SmoothL1Loss({{0}}, {{1}}{reduction})", "SmoothL1Loss", y, Target());
            case 15: return Number($"BceWithLogits({{0}}, Sigmoid({{1}}){reduction}{(Chance(30) ? ", posWeight: [1.5f]" : "")})", "BceWithLogits", y, Target());
            case 16: return Number($"BceLoss(Sigmoid({{0}}), Sigmoid({{1}}){reduction})", "BceLoss", y, Target());
            case 17 when y.Sizes.Count > 0:
                return Number($"KlDivLoss(LogSoftmax({{0}}), Softmax({{1}}){(Chance(30) ? ", \"batchmean\"" : reduction)})", "KlDivLoss", y, Target());
            case 18 when y.Sizes.Count > 0:
                return Number($"SoftCrossEntropy({{0}}, Softmax({{1}}, 1), {One(["0", "0.1f"])}{reduction})", "SoftCrossEntropy", y, Target());
            case >= 19 and <= 22 when y.Sizes.Count > 0: return ByLabel(y, reduction);
            default: return Number("Mean({0} * {0})", "Mean", y);
        }
    }

    private Value ByLabel(Value y, string reduction)
    {
        var axis = Chance(60) ? 0 : Next(y.Sizes.Count);
        var labels = Labels(_targets, y.Sizes[axis], [.. y.Sizes.Where((_, d) => d != axis)]);
        var settings = Chance(25) ? $", weight: [{string.Join(", ", Enumerable.Range(0, y.Sizes[axis]).Select(_ => Text((1 + Next(6)) / 4.0)))}]" : "";
        if (Chance(25) && y.Sizes[axis] > 1) settings += ", ignoreIndex: 0";
        if (reduction.Length > 0) settings += ", reduction:" + reduction[1..];
        if (axis > 0) settings += $", classAxis: {axis + 1}";
        return Chance(60)
            ? Add($"CrossEntropy({{0}}, {{1}}{settings}{(Chance(25) ? ", labelSmoothing: 0.1f" : "")})", [], false, ["CrossEntropy"], y, labels)
            : Add($"NllLoss(LogSoftmax({{0}}, {axis + 1}), {{1}}{settings})", [], false, ["NllLoss"], y, labels);
    }
}
