using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;

namespace ModelGen.Tests.Emit;

/// <summary>Emitted models at the edges of what numbers can be, on the widest instruction set there is.</summary>
public class EdgeNumbersTests
{
    // Longer than a block of queries, so that the weights are computed block by block and again for the derivative.
    [Theory]
    [InlineData(256, false)]
    [InlineData(256, true)]
    [InlineData(20, true)]
    public void Attention_QueriesThatSeeNoKey_GiveZeroAndFiniteGradients(int length, bool causal)
    {
        const int features = 4;
        var model = new EmittedModel(Sketch.Model("Masked", s =>
        {
            Node x = s.Input("x", length, features), mask = s.Input("mask", length, length);
            Node Project(string name) => s.Op("Linear", x, new { outFeatures = features }, name);
            var y = s.Call("ScaledDotProductAttention", "", new { causal }, ("query", Project("q")), ("key", Project("k")), ("value", Project("v")),
                ("mask", mask))[0];
            return ([y], s.Call("MseLoss", "", null, ("x", y), ("target", s.Input("wanted", length, features)))[0]);
        }));
        using var batch = model.Fill(2, 3);
        var blind = new[] { 0, length / 2 + 3, length - 1 };
        for (var sample = 0; sample < 2; sample++)
            for (var query = 0; query < length; query++)
                for (var key = 0; key < length; key++)
                    batch.Floats(1)[(sample * length + query) * length + key] = sample == 0 && blind.Contains(query) ? 0 : key == 0 ? 1 : (query + key) % 3;
        var output = new float[2 * length * features];
        model.Model.Predict(batch, output);
        Assert.All(output, y => Assert.True(float.IsFinite(y)));
        foreach (var query in blind) Assert.All(output.AsSpan(query * features, features).ToArray(), y => Assert.Equal(0f, y));
        Assert.True(output.Count(y => y == 0) == blind.Length * features);

        Assert.True(float.IsFinite(model.Model.Backward(batch, 1)));
        foreach (var spec in model.Model.Info.Parameters)
        {
            var gradients = model.Model.Parameters[spec.Path].Gradients.ToArray();
            Assert.All(gradients, g => Assert.True(float.IsFinite(g), spec.Path));
            // The bias of the keys shifts all scores of a query alike.
            if (spec.Path != "k.bias") Assert.Contains(gradients, g => g != 0);
        }
    }

    [Theory]
    [InlineData("Maximum", 1)]
    [InlineData("Maximum", 37)]
    [InlineData("Minimum", 16)]
    [InlineData("Minimum", 53)]
    public void MaximumAndMinimum_PassOnNaNFromBothSides(string op, int length)
    {
        var model = new EmittedModel(Sketch.Model("Extremes", s => ([s.Binary(op, s.Input("a", length), s.Input("b", length))], null)));
        using var batch = new Batch(model.Model.Info, 5) { Count = 5 };
        for (var i = 0; i < 5 * length; i++)
            (batch.Floats(0)[i], batch.Floats(1)[i]) =
                (i % 7) switch { 0 => (float.NaN, i), 3 => (i, float.NaN), 5 => (float.NaN, float.NegativeInfinity), _ => (i, -i) };
        var output = new float[5 * length];
        model.Model.Predict(batch, output);
        for (var i = 0; i < output.Length; i++)
        {
            var (a, b) = (batch.Floats(0)[i], batch.Floats(1)[i]);
            Assert.Equal(op == "Maximum" ? MathF.Max(a, b) : MathF.Min(a, b), output[i]);
        }
    }

    // The terms all round one way, which a single sum of floats would be off by in proportion to their number.
    [Theory]
    [InlineData(new[] { 200_003 }, new[] { 1 })]
    [InlineData(new[] { 20_011, 5 }, new[] { 1 })]
    [InlineData(new[] { 20_011, 64 }, new[] { 1 })]
    [InlineData(new[] { 3, 20_011 }, new[] { 2 })]
    [InlineData(new[] { 4_001, 3, 5 }, new[] { 1, 3 })]
    [InlineData(new[] { 11, 3, 4_001 }, new[] { 1, 3 })]
    [InlineData(new[] { 300, 1, 300, 2 }, new[] { 1, 3 })]
    public void Mean_OfEqualNumbers_IsThatNumber(int[] shape, int[] axes)
    {
        var model = new EmittedModel(Sketch.Model("Means", s => ([s.Op("Mean", s.Input("x", shape), new { axes })], null)));
        using var batch = new Batch(model.Model.Info, 2) { Count = 2 };
        foreach (var number in new[] { 0.1f, 0.7f, -123.456f })
        {
            batch.Floats(0).Fill(number);
            var output = new float[2 * model.Model.Info.OutputLength];
            model.Model.Predict(batch, output);
            Assert.All(output, y => Assert.InRange(y / number, 1 - 1e-6f, 1 + 1e-6f));
        }
    }

    [Theory]
    [InlineData("BatchNorm2d")]
    [InlineData("InstanceNorm")]
    [InlineData("LayerNorm")]
    public void Norm_OfAConstant_IsZeroToTheLastDigit(string norm)
    {
        var model = new EmittedModel(Sketch.Model("Norms", s =>
        {
            Node x = s.Input("x", 5, 37, 29), y = s.Op(norm, x, null, "norm");
            return ([y], s.Call("MseLoss", "", null, ("x", y), ("target", s.Input("wanted", 5, 37, 29)))[0]);
        }));
        using var batch = new Batch(model.Model.Info, 7) { Count = 7 };
        foreach (var number in new[] { 100.1f, -255.3f, 1e6f + 0.3f, 1e-20f })
        {
            batch.Floats(0).Fill(number);
            Assert.Equal(0f, model.Model.Backward(batch, 1));
        }
    }

    [Fact]
    public void EmbeddingPaddingRow_StaysZeroUnderEveryOptimizer()
    {
        foreach (var optimizer in new Optimizer[]
        {
            new Sgd(0.1f, weightDecay: 0.1f), new Sgd(0.1f, momentum: 0.9f, nesterov: true, weightDecay: 0.1f), new Adam(0.1f, weightDecay: 0.1f),
            new AdamW(0.1f, weightDecay: 0.1f),
            new RmsProp(0.1f, weightDecay: 0.1f, momentum: 0.5f, centered: true), new Adagrad(0.1f, weightDecay: 0.1f),
        })
        {
            var model = new EmittedModel(Sketch.Model("Padded", s =>
            {
                var x = s.Call("Embedding", "table", new { count = 6, dimensions = 3, paddingIdx = 4 }, ("x", s.Labels("words", 6, 5)))[0];
                return ([x], s.Call("MseLoss", "", null, ("x", x), ("target", s.Input("wanted", 5, 3)))[0]);
            }));
            using var batch = new Batch(model.Model.Info, 4) { Count = 4 };
            for (var i = 0; i < 20; i++) batch.Ints(0)[i] = i % 6;
            batch.Floats(1).Fill(0.25f);
            var table = model.Model.Parameters["table.weight"];
            Assert.All(table.ReadOnlyValues.Slice(4 * 3, 3).ToArray(), w => Assert.Equal(0f, w));
            var before = table.ReadOnlyValues.ToArray();
            Assert.Equal(3, before.Count(w => w == 0));
            for (var step = 0; step < 5; step++)
            {
                model.Model.Backward(batch, 1);
                optimizer.Step(model.Model.Parameters);
            }

            Assert.All(table.ReadOnlyValues.Slice(4 * 3, 3).ToArray(), w => Assert.Equal(0f, w));
            Assert.Equal(15, before.Zip(table.ReadOnlyValues.ToArray()).Count(w => w.First != w.Second));
        }
    }
}
