using System.Globalization;
using System.Text.Json;

namespace ModelGen.Conformance;

/// <summary>Optimizers and schedules: parameters after each step from given gradients.</summary>
internal static class OptimizerRunner
{
    public static CaseResult Run(ConformanceCase c)
    {
        var comparison = new Comparison();
        try
        {
            Steps(c, comparison);
        }
        catch (Exception e) when (e is CaseFormatException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            comparison.Fail(e.Message);
        }
        return new(c.Name, c.Op, comparison, comparison.Failures);
    }

    /// <exception cref="CaseFormatException">ModelGen has no such optimizer.</exception>
    public static Optimizer Make(ConformanceCase c)
    {
        float Number(string name, double otherwise = 0) => (float)c.Real(name, otherwise);
        float Beta(int index) => c.Has("betas") ? (float)c.Setting("betas")[index].GetDouble() : index == 0 ? 0.9f : 0.999f;
        var rate = Number("lr", c.Real("max_lr", 0));
        return c.Text("optimizer") switch
        {
            "SGD" => new Sgd(rate, Number("momentum"), Number("dampening"), c.Flag("nesterov"), Number("weight_decay")),
            "Adam" => new Adam(rate, Beta(0), Beta(1), Number("eps", 1e-8), Number("weight_decay")),
            "AdamW" => new AdamW(rate, Beta(0), Beta(1), Number("eps", 1e-8), Number("weight_decay", 1e-2)),
            "RMSprop" => new RmsProp(rate, Number("alpha", 0.99), Number("eps", 1e-8), Number("weight_decay"), Number("momentum"), c.Flag("centered")),
            "Adagrad" => new Adagrad(rate, Number("lr_decay"), Number("weight_decay"), Number("initial_accumulator_value"), Number("eps", 1e-10)),
            var name => throw new CaseFormatException($"ModelGen has no optimizer '{name}'"),
        };
    }

    /// <exception cref="CaseFormatException">ModelGen has no such schedule.</exception>
    private static ILearningRateSchedule? Schedule(ConformanceCase c) => !c.Has("schedule") ? null : c.Text("schedule") switch
    {
        "step" => new StepSchedule((float)c.Real("lr"), c.Int("step_size"), (float)c.Real("gamma", 0.1)),
        "cosine" => new CosineSchedule((float)c.Real("lr"), c.Int("T_max"), (float)c.Real("eta_min", 0)),
        "warmup_cosine" => new WarmUpCosineSchedule((float)c.Real("lr"), c.Int("warmup_steps"), c.Int("total_steps")),
        "warmup_linear" => new WarmUpLinearSchedule((float)c.Real("lr"), c.Int("total_iters"), (float)c.Real("start_factor", 1.0 / 3)),
        "one_cycle" => new OneCycleSchedule((float)c.Real("max_lr"), c.Int("total_steps"), (float)c.Real("pct_start", 0.3), (float)c.Real("div_factor", 25),
            (float)c.Real("final_div_factor", 1e4)),
        var name => throw new CaseFormatException($"ModelGen has no schedule '{name}'"),
    };

    private static void Steps(ConformanceCase c, Comparison comparison)
    {
        var tolerance = c.Float32("trajectory", "");
        var parameters = new ParameterSet(Info(c), seed: 0);
        foreach (var view in parameters) Copy(c.Parameters[view.Path], view.Values);
        var (optimizer, schedule) = (Make(c), Schedule(c));
        var clips = c.Has("max_norm");
        CaseMap.RequireMapped(c);
        var gradients = Sequence(c, "grads_sequence");
        var trajectory = Sequence(c, "trajectory");
        if (trajectory.Count != gradients.Count)
            throw new CaseFormatException($"{gradients.Count} gradients and {trajectory.Count} states do not fit together");
        for (var step = 0; step < gradients.Count; step++)
        {
            foreach (var view in parameters) Copy(gradients[step][view.Path], view.Gradients);
            if (schedule is not null)
            {
                optimizer.LearningRate = schedule.LearningRate(step);
                comparison.Compare("outputs", At("learning rate", step), [optimizer.LearningRate],
                    [c.Root.GetProperty("learning_rates")[step].GetDouble()], tolerance);
            }
            if (clips)
            {
                var norm = parameters.ClipGradients((float)c.Real("max_norm"));
                comparison.Compare("outputs", At("norm of the gradients", step), [norm],
                    [c.Root.GetProperty("grad_norms_before_clipping")[step].GetDouble()], tolerance);
            }
            optimizer.Step(parameters);
            foreach (var view in parameters) comparison.Compare("state", At(view.Path, step), view.ReadOnlyValues, trajectory[step][view.Path].Data, tolerance);
        }
    }

    private static string At(string what, int step) => string.Create(CultureInfo.InvariantCulture, $"{what} at step {step}");

    private static ModelInfo Info(ConformanceCase c)
    {
        var specs = new List<ParameterSpec>();
        var offset = 0;
        foreach (var (name, tensor) in c.Parameters)
        {
            specs.Add(new() { Path = name, Shape = tensor.Shape, Offset = offset, Length = tensor.Data.Length, Initializer = Initializer.Zeros });
            offset += (tensor.Data.Length + 15) / 16 * 16;
        }
        return new() { Name = c.Name, Inputs = [], Outputs = [], Parameters = specs, ParameterFloats = offset };
    }

    private static List<Dictionary<string, TensorData>> Sequence(ConformanceCase c, string property) =>
        c.Root.TryGetProperty(property, out var steps) && steps.ValueKind == JsonValueKind.Array
            ? steps.EnumerateArray().Select(s => s.EnumerateObject().ToDictionary(t => t.Name, t => TensorData.Read(t.Value, t.Name))).ToList()
            : throw new CaseFormatException($"it has no list '{property}'");

    private static void Copy(TensorData tensor, Span<float> target)
    {
        for (var i = 0; i < target.Length; i++) target[i] = (float)tensor.Data[i];
    }
}
