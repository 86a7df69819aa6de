using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;
using ModelGen.Tests.Emit;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>The sums that a loss is a formula of, and outputs without a batch axis, on the device.</summary>
public sealed class LossTotalTests
{
    [Fact]
    public void Evaluate_BatchesOfAnySize_GiveTheLossOfTheSetAsOne()
    {
        using var model = new EmittedGpuModel(Model());
        using var batch = model.Fill(20);
        var labels = batch.Ints(1);
        for (var i = 0; i < labels.Length; i += 3) labels[i] = -100;
        var data = new Dataset(
            new FloatColumn("x", batch.Floats(0).ToArray(), 6), new LabelColumn("label", labels.ToArray()),
            new FloatColumn("target", batch.Floats(2).ToArray(), 3));
        var whole = model.Session.Evaluate(batch, []);
        Assert.Equal(model.Model.Evaluate(batch, []), whole, 1e-5);
        foreach (var size in new[] { 20, 10, 7, 3, 1 })
        {
            var trainer = new Trainer<IModel>(model.Session, new Sgd(0f)) { BatchSize = size };
            Assert.Equal(1, trainer.Evaluate(data).Loss / whole, 5e-6);
            if (size > 3)
                Assert.Equal(1, trainer.Fit(data, 1).Epochs[0].TrainLoss / whole, 5e-6);
            Assert.Equal(1, new Trainer<IModel>(model.Session, new RmsProp()) { BatchSize = size }.Evaluate(data).Loss / whole, 5e-6);
        }
    }

    [Fact]
    public void Output_WithoutBatchAxis_FillsEveryRow()
    {
        using var model = new EmittedGpuModel(Model());
        using var batch = model.Fill(5);
        Assert.Equal(["f32[N,3]", "f32[N]"], model.Model.Info.Outputs.Select(o => o.ToString().Split(' ')[1]));
        float[] onDevice = new float[20], onHost = new float[20];
        using (var other = model.Fill(5, seed: 2)) model.Session.Evaluate(other, onDevice);
        foreach (var evaluates in new[] { false, true })
        {
            Array.Fill(onDevice, -77f);
            if (evaluates)
                model.Session.Evaluate(batch, onDevice);
            else
                model.Session.Predict(batch, onDevice);
            model.Model.Predict(batch, onHost);
            for (var i = 0; i < 20; i++) Assert.Equal(onHost[i], onDevice[i], 1e-5);
            Assert.Single(Enumerable.Range(0, 5).Select(row => onDevice[(4 * row) + 3]).Distinct());
        }
    }

    private static ModelGraphs Model() => Sketch.Model("Totals", s =>
    {
        var x = s.Input("x", 6);
        var label = s.Labels("label", 3);
        var target = s.Input("target", 3);
        var y = s.Op("Linear", x, new { outFeatures = 3 }, "fc");
        var classes = s.Call("CrossEntropy", "", new { weight = new[] { 1.0, 0.25, 3.0 }, ignoreIndex = -100 }, ("logits", y), ("labels", label))[0];
        var squares = s.Call("MseLoss", "", new { reduction = "sum" }, ("x", y), ("target", target))[0];
        return ([y, s.Op("Mean", y)], s.Binary("Add", classes, squares));
    });
}
