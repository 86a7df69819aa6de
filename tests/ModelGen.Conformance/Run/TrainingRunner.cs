namespace ModelGen.Conformance;

/// <summary>A short full-batch training run: the loss before each step, and the state after the last.</summary>
internal static class TrainingRunner
{
    public static void Run(ConformanceCase c, ModelUnderTest model, Comparison comparison)
    {
        var tolerance = c.Float32("losses", "");
        var optimizer = OptimizerRunner.Make(c);
        var expected = c.Root.GetProperty("losses").EnumerateArray().Select(l => l.GetDouble()).ToArray();
        var losses = new float[expected.Length];
        for (var step = 0; step < losses.Length; step++)
        {
            if (model.Model is ITrainingDevice device) losses[step] = device.TrainStep(model.Batch, (uint)step, optimizer, null);
            else
            {
                losses[step] = model.Model.Backward(model.Batch, (uint)step);
                optimizer.Step(model.Parameters);
            }
        }
        comparison.Compare("outputs", "losses", losses, expected, tolerance);
        foreach (var (name, view) in model.NamedParameters)
        {
            var after = ConformanceCase.Tensors(c.Root, view.IsBuffer ? "buffers_after" : "params_after");
            if (after.TryGetValue(name, out var tensor)) comparison.Compare("state", name, view.ReadOnlyValues, tensor.Data, tolerance);
            else comparison.Fail($"the file says nothing of '{name}' after the training");
        }
    }
}
