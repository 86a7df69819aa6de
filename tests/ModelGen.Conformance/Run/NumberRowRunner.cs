using ModelGen.Gpu;

namespace ModelGen.Conformance;

/// <summary>Runs the compiled model of a row of numbers and compares output, loss, gradients and, where all is finite, the derivative of the loss along
/// the direction in which everything grows alike.</summary>
internal static class NumberRowRunner
{
    /// <param name="device">Null for the CPU.</param>
    public static CaseResult Run(NumberRow row, Type type, GpuDevice? device)
    {
        var comparison = new Comparison();
        try
        {
            using var host = (IDisposable)Activator.CreateInstance(type)!;
            var model = (IJvpModel)host;
            Fill(row, model);
            using var batch = Batch(row, model.Info);
            using var session = device is null ? null : new GpuSession<IGpuModel>((IGpuModel)model, device);
            Compare(row, session is null ? model : session, batch, comparison);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            comparison.Fail($"{e.GetType().Name}: {e.Message}");
        }
        return new(row.Name, row.Kind, comparison, comparison.Failures);
    }

    private static void Compare(NumberRow row, IJvpModel model, Batch batch, Comparison comparison)
    {
        var length = row.Batch * model.Info.OutputLength;
        if (row.Output is { } expected)
        {
            var output = new float[length];
            model.Predict(batch, output);
            comparison.Compare("outputs", "output", output, expected.Of(length), row.Tolerance);
        }
        if (row.Loss is null) return;
        var loss = model.Backward(batch, 0);
        if (row.LossValue is { } value) comparison.Compare("outputs", "loss", [loss], value.Of(1), row.Tolerance);
        foreach (var (name, gradient) in row.Gradients)
        {
            var actual = model.Parameters[PathOf(name)].Gradients;
            comparison.Compare("grads", $"gradient of {name}", actual, gradient.Of(actual.Length), row.Tolerance);
        }
        if (float.IsFinite(loss)) Jvp(row, model, batch, comparison);
    }

    // Along ones the derivative is the sum of all gradients.
    private static void Jvp(NumberRow row, IJvpModel model, Batch batch, Comparison comparison)
    {
        var parameters = model.Parameters.Where(p => !p.IsBuffer).ToList();
        var known = row.Gradients.ToDictionary(g => PathOf(g.Key), g => g.Value);
        if (parameters.Count == 0 || !parameters.TrueForAll(p => known.TryGetValue(p.Path, out var g) && g.IsFinite)) return;
        var gradients = parameters.SelectMany(p => known[p.Path].Of(p.Length)).ToArray();
        var direction = new float[model.Info.ParameterFloats];
        foreach (var p in parameters) direction.AsSpan(p.Spec.Offset, p.Length).Fill(1);
        using var still = new Batch(model.Info, row.Batch) { Count = row.Batch };
        float[] outputs = new float[row.Batch * model.Info.OutputLength], tangents = new float[outputs.Length];
        var tangent = model.Jvp(batch, still, direction, outputs, tangents);
        var (relative, absolute) = row.Tolerance;
        comparison.Compare("jvp", "tangent of the loss", [tangent], [gradients.Sum()], (0, gradients.Sum(g => absolute + (relative * Math.Abs(g))) + 1e-7));
    }

    private static void Fill(NumberRow row, IModel model)
    {
        foreach (var (name, tensor) in row.Parameters)
        {
            var values = model.Parameters[name].Values;
            var given = tensor.Values.Of(values.Length);
            for (var i = 0; i < values.Length; i++) values[i] = (float)given[i];
        }
        model.Parameters.MarkChanged();
    }

    private static Batch Batch(NumberRow row, ModelInfo info)
    {
        var batch = new Batch(info, row.Batch) { Count = row.Batch };
        for (var i = 0; i < info.Inputs.Count; i++)
        {
            var spec = info.Inputs[i];
            var tensor = row.Inputs.TryGetValue(spec.Name, out var input) ? input : row.Targets[spec.Name];
            var values = tensor.Values.Of(row.Batch * spec.Length);
            for (var k = 0; k < values.Length; k++)
                if (spec.IsLabels) batch.Ints(i)[k] = (int)values[k];
                else batch.Floats(i)[k] = (float)values[k];
        }
        return batch;
    }

    private static string PathOf(string name) => name == "x" ? RowSourceWriter.InputOffset : name;
}
