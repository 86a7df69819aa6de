using System.Globalization;
using ModelGen.Generator.Autodiff;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;
using Xunit.Abstractions;

namespace ModelGen.Tests.Emit;

/// <summary>Gradients of the sample's networks against central differences in double: of the derived graph, and of the emitted code.</summary>
/// <remarks>By default some weights of each tensor are moved; with <c>MODELGEN_EVERY_GRADIENT=1</c> every one (minutes).</remarks>
public class GradientCheckTests(ITestOutputHelper log)
{
    [Fact]
    public void LeNet_Gradients_AreTheSlopesOfTheLoss() => Check(Sketch.Model("LeNet", s =>
    {
        var x = s.Input("image", 1, 28, 28);
        var digit = s.Labels("digit", 10);
        var h = s.Op("MaxPool2d", s.Op("Relu", s.Op("Conv2d", x, new { outChannels = 6, kernel = 5, padding = 2 }, "conv1")), new { kernel = 2 });
        h = s.Op("MaxPool2d", s.Op("Relu", s.Op("Conv2d", h, new { outChannels = 16, kernel = 5 }, "conv2")), new { kernel = 2 });
        h = s.Op("Relu", s.Op("Linear", s.Op("Flatten", h), new { outFeatures = 120 }, "fc1"));
        h = s.Op("Relu", s.Op("Linear", h, new { outFeatures = 84 }, "fc2"));
        return Classify(s, s.Op("Linear", h, new { outFeatures = 10 }, "fc3"), digit);
    }));

    [Fact]
    public void Mlp_Gradients_AreTheSlopesOfTheLoss() => Check(Sketch.Model("Mlp", s =>
    {
        var x = s.Op("Flatten", s.Input("image", 1, 28, 28));
        var digit = s.Labels("digit", 10);
        return Classify(s, s.Op("Linear", s.Op("Relu", s.Op("Linear", x, new { outFeatures = 128 }, "0")), new { outFeatures = 10 }, "2"), digit);
    }));

    private void Check(ModelGraphs graphs)
    {
        const int samples = 2;
        const double step = 1e-6;
        var every = Environment.GetEnvironmentVariable("MODELGEN_EVERY_GRADIENT") == "1";
        var emitted = new EmittedModel(graphs);
        using var batch = emitted.Fill(samples, 11);
        var leaves = graphs.Training.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter).ToList();
        var joint = ReverseMode.Apply(graphs.Training, leaves.Select(l => l.Id).ToList());
        var values = emitted.Leaves(joint, batch);
        emitted.Model.Backward(batch, 0);
        var interpreter = new Interpreter(joint, samples, values);
        var evaluator = new DoubleEvaluator(graphs.Training, samples);
        foreach (var value in values) value.Value.CopyTo(evaluator.Values[value.Key], 0);
        evaluator.EvaluateAll();

        double worst = 0, worstEmitted = 0;
        var count = 0;
        foreach (var gradient in joint.Gradients)
        {
            var leaf = (LeafNode)joint[gradient.Of];
            var derived = interpreter[gradient.Value];
            var compiled = emitted.Model.Parameters[leaf.Path].Gradients;
            var scale = derived.Max(Math.Abs);
            var weights = evaluator.Values[leaf.Id];
            for (var i = 0; i < weights.Length; i += every ? 1 : Math.Max(1, weights.Length / 40))
            {
                var at = weights[i];
                weights[i] = at + step;
                var up = evaluator.After(leaf.Id, graphs.Training.Loss);
                weights[i] = at - step;
                var down = evaluator.After(leaf.Id, graphs.Training.Loss);
                weights[i] = at;
                var slope = (up - down) / (2 * step);
                // A weight may stand within a step of a kink of ReLU or of two equal maxima: there the difference is not the derivative.
                var error = Math.Abs(slope - derived[i]) / scale;
                worst = Math.Max(worst, error);
                worstEmitted = Math.Max(worstEmitted, Math.Abs(compiled[i] - derived[i]) / scale);
                Assert.True(error < 1e-5, string.Create(CultureInfo.InvariantCulture, $"{leaf.Path}[{i}]: derivative {derived[i]:G9}, slope {slope:G9}"));
                count++;
            }
            evaluator.EvaluateAll();
        }
        log.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{graphs.Name}: {count} gradients; derived against central differences {worst:E2}, emitted float against derived {worstEmitted:E2}, relative to "
                + $"the largest of each tensor"));
        Assert.True(worstEmitted < 2e-5);
    }

    private static (Node[], Node?) Classify(Sketch s, Node logits, Node labels) =>
        ([logits], s.Call("CrossEntropy", "", null, ("logits", logits), ("labels", labels))[0]);
}
