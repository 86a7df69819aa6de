using ModelGen.Gpu;

namespace ModelGen.Conformance;

/// <summary>Runs the compiled model of an op, a whole model or a training run, and compares everything the file knows.</summary>
internal static class ModelRunner
{
    /// <param name="device">Null for the CPU.</param>
    public static CaseResult Run(CompiledCase compiled, Type type, GpuDevice? device)
    {
        var comparison = new Comparison();
        try
        {
            using var model = new ModelUnderTest(compiled, type, device);
            if (compiled.Case.Kind == "training") TrainingRunner.Run(compiled.Case, model, comparison);
            else Differentiate(compiled, model, comparison);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            comparison.Fail($"{e.GetType().Name}: {e.Message}");
        }
        return new(compiled.Case.Name, compiled.Operator, comparison, comparison.Failures);
    }

    private static void Differentiate(CompiledCase compiled, ModelUnderTest model, Comparison comparison)
    {
        var (c, description) = (compiled.Case, compiled.Description);
        var length = model.Batch.Count * model.Model.Info.OutputLength;
        float[] outputs = new float[length], tangents = new float[length];
        using var moving = model.NewBatch(name => c.Tangents.TryGetValue(name, out var t) ? description.Moved(name, t) : null);
        var lossTangent = model.Model.Jvp(model.Batch, moving, model.Direction(c.Tangents), outputs, tangents);
        Outputs(compiled, model, comparison, "outputs", "output", outputs, c.Outputs);
        if (c.Tangents.Count > 0)
        {
            Outputs(compiled, model, comparison, "jvp", "tangent of output", tangents, c.OutputTangents);
            comparison.Compare("jvp", "tangent of the loss", [lossTangent], [c.LossTangent], c.Float32("loss_tangent", ""));
        }

        // What does not differ between training and evaluation comes out of prediction too.
        if (!description.Training || c.Buffers.Count == 0)
        {
            Array.Clear(outputs);
            model.Model.Predict(model.Batch, outputs);
            Outputs(compiled, model, comparison, "outputs", "prediction of", outputs, c.Outputs);
            comparison.Compare("outputs", "loss in evaluation", [model.Model.Evaluate(model.Batch, [])], [c.LossValue], c.Float32("loss", ""));
        }

        var loss = model.Model.Backward(model.Batch, 0);
        comparison.Compare("outputs", "loss", [loss], [c.LossValue], c.Float32("loss", ""));
        var gradients = model.NamedParameters.Where(p => !p.View.IsBuffer).ToDictionary(p => p.Name, p => p.View);
        foreach (var (name, expected) in c.Gradients)
            if (gradients.TryGetValue(name, out var view))
                comparison.Compare("grads", $"gradient of {name}", view.Gradients, description.Moved(name, expected).Data, c.Float32("grads", name));
            else comparison.Fail($"there is no gradient of '{name}'");
        var buffers = model.NamedParameters.Where(p => p.View.IsBuffer).ToDictionary(p => p.Name, p => p.View);
        foreach (var (name, expected) in c.BuffersAfter)
            if (buffers.TryGetValue(name, out var view))
                comparison.Compare("state", name, view.ReadOnlyValues, expected.Data, c.Float32("buffers_after", name));
            else comparison.Fail($"there is no buffer '{name}'");
    }

    private static void Outputs(CompiledCase compiled, ModelUnderTest model, Comparison comparison, string group, string what, float[] all,
        IReadOnlyDictionary<string, TensorData> expected)
    {
        for (var i = 0; i < compiled.Source.Outputs.Count; i++)
        {
            var name = compiled.Source.Outputs[i];
            var tensor = compiled.Description.Moved(name, expected[name]);
            comparison.Compare(group, $"{what} {name}", model.Output(all, i, tensor.Data.Length), tensor.Data, compiled.Case.Float32(group, name));
        }
    }
}
