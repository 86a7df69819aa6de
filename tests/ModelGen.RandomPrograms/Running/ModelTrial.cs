using ModelGen.Generator.Autodiff;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;

namespace ModelGen.RandomPrograms;

/// <summary>Runs a compiled model on a random batch, and compares what it computes with the interpreter on the graphs before any pass.</summary>
internal sealed class ModelTrial(ModelGraphs graphs, IModel model, int samples)
{
    private const uint StepSeed = 7;

    public long Compared { get; private set; }

    public long Undecided { get; private set; }

    /// <summary>The first difference; null where there is none.</summary>
    /// <param name="run">What computes: the model itself, or a session that has it.</param>
    public string? Difference(IModel run, int seed)
    {
        using var batch = Fill(seed);
        var first = Difference(run, batch, 2, 2);
        // Twenty runs with larger errors tell whether it is rounding after all.
        return first is null ? null : Difference(run, batch, 20, 8);
    }

    private string? Difference(IModel run, Batch batch, int runs, double units)
    {
        var buffers = model.Parameters.Buffers.ToArray();
        var evaluation = graphs.Evaluation;
        // A prediction draws with seed 0.
        var expected = new Expectation(evaluation, samples, Leaves(evaluation, batch), 0, runs, units);
        var output = new float[samples * model.Info.OutputLength];
        Array.Fill(output, float.NaN);
        run.Predict(batch, output);
        var difference = Outputs("output", expected, output);
        if (difference is null)
        {
            Array.Fill(output, float.NaN);
            var score = run.Evaluate(batch, output);
            difference = expected.Difference("loss in evaluation", evaluation.Loss, [score]) ?? Outputs("output of Evaluate", expected, output);
        }
        Count(expected);
        if (difference is not null) return difference;

        var parameters = graphs.Training.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter).Select(l => l.Id).ToList();
        var joint = ReverseMode.Apply(graphs.Training, parameters);
        expected = new Expectation(joint, samples, Leaves(joint, batch), StepSeed, runs, units);
        model.Parameters.Gradients.Fill(float.NaN);
        var loss = run.Backward(batch, StepSeed);
        difference = expected.Difference("loss", joint.Loss, [loss]);
        foreach (var gradient in joint.Gradients)
            difference ??= expected.Difference("gradient of " + PathOf(joint, gradient.Of), gradient.Value,
                model.Parameters[PathOf(joint, gradient.Of)].Gradients.ToArray());
        foreach (var update in joint.Updates)
            difference ??= expected.Difference("new " + PathOf(joint, update.Buffer), update.Value,
                model.Parameters[PathOf(joint, update.Buffer)].Values.ToArray());
        Count(expected);
        buffers.CopyTo(model.Parameters.Buffers);
        model.Parameters.MarkChanged();
        return difference;
    }

    private void Count(Expectation e)
    {
        Compared += e.Compared;
        Undecided += e.Undecided;
    }

    // Rows of all outputs one after the other, apart again.
    private string? Outputs(string what, Expectation expected, float[] rows)
    {
        var start = 0;
        for (var o = 0; o < graphs.Evaluation.Outputs.Count; o++)
        {
            var (length, first) = (model.Info.Outputs[o].Length, start);
            var own = Enumerable.Range(0, samples).SelectMany(n => rows.Skip(n * model.Info.OutputLength + first).Take(length)).ToArray();
            if (expected.Difference($"{what} {o}", graphs.Evaluation.Outputs[o], own) is { } difference) return difference;
            start += length;
        }
        return null;
    }

    private static string PathOf(Graph graph, int leaf) => ((LeafNode)graph[leaf]).Path;

    private Batch Fill(int seed)
    {
        var random = new Random(seed);
        var batch = new Batch(model.Info, samples) { Count = samples };
        for (var i = 0; i < model.Info.Inputs.Count; i++)
        {
            var spec = model.Info.Inputs[i];
            if (spec.IsLabels)
                foreach (ref var label in batch.Ints(i)) label = random.Next(spec.Classes);
            else
                foreach (ref var x in batch.Floats(i)) x = (float)(random.NextDouble() * 2 - 1);
        }

        foreach (var spec in model.Info.Parameters)
        {
            var values = model.Parameters[spec.Path].Values;
            var spread = spec.Shape.Length < 2 ? 1 : 1 / Math.Sqrt((double)values.Length / spec.Shape[0]);
            foreach (ref var w in values) w = (float)((random.NextDouble() * 2 - 1) * spread);
        }
        foreach (var spec in model.Info.Buffers)
            foreach (ref var w in model.Parameters[spec.Path].Values) w += (float)random.NextDouble() * 0.5f;
        model.Parameters.MarkChanged();
        return batch;
    }

    private Dictionary<int, double[]> Leaves(Graph graph, Batch batch)
    {
        var values = new Dictionary<int, double[]>();
        var input = 0;
        foreach (var leaf in graph.Nodes.OfType<LeafNode>())
        {
            var length = leaf.Shape.Length.At(samples);
            if (leaf.Kind is LeafKind.Input) values[leaf.Id] = [.. batch.Floats(input++)[..length].ToArray()];
            else if (leaf.Kind is LeafKind.Labels) values[leaf.Id] = [.. batch.Ints(input++)[..length].ToArray()];
            else if (leaf.Kind is LeafKind.Parameter or LeafKind.Buffer) values[leaf.Id] = [.. model.Parameters[leaf.Path].Values.ToArray()];
        }
        return values;
    }
}
