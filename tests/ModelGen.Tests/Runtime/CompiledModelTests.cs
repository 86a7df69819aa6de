using ModelGen.Runtime;

namespace ModelGen.Tests.Runtime;

[Collection(AllocationCollection.Name)]
public sealed class CompiledModelTests
{
    [Fact]
    public void Backward_AgainstDifferences_GivesTheGradient()
    {
        using var model = new SoftmaxRegression();
        using var batch = Samples(model.Info, 5);
        model.Backward(batch, 0);
        var gradients = model.Parameters["fc.weight"].Gradients.ToArray();
        for (var i = 0; i < gradients.Length; i++)
        {
            model.Parameters["fc.weight"].Values[i] += 1e-2f;
            var up = model.Evaluate(batch, default);
            model.Parameters["fc.weight"].Values[i] -= 2e-2f;
            var down = model.Evaluate(batch, default);
            model.Parameters["fc.weight"].Values[i] += 1e-2f;
            Assert.Equal((up - down) / 2e-2f, gradients[i], 2e-3f);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Backward_AnyNumberOfThreads_GivesTheSameBits(int threads)
    {
        using var one = new SoftmaxRegression(features: 33, classes: 17) { Threads = 1 };
        using var many = new SoftmaxRegression(features: 33, classes: 17) { Threads = threads };
        using var batch = Samples(one.Info, 9);
        using var same = new Batch(many.Info, 9) { Count = 9 };
        batch.Floats(0).CopyTo(same.Floats(0));
        batch.Ints(1).CopyTo(same.Ints(1));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(one.Backward(batch, 0), many.Backward(same, 0));
            Assert.Equal(one.Parameters.Gradients.ToArray(), many.Parameters.Gradients.ToArray());
        }
    }

    [Fact]
    public void Predict_OnSeveralThreads_GivesEachItsResult()
    {
        using var model = new SoftmaxRegression();
        var batches = Enumerable.Range(1, 6).Select(n => Samples(model.Info, n)).ToArray();
        var expected = batches.Select(batch => Predict(model, batch)).ToArray();
        Parallel.For(0, 4000, i => Assert.Equal(expected[i % 6], Predict(model, batches[i % 6])));
        Array.ForEach(batches, batch => batch.Dispose());
    }

    [Fact]
    public void Predict_PreparesOnlyAfterAChange()
    {
        using var model = new SoftmaxRegression();
        using var batch = Samples(model.Info, 2);
        var before = Predict(model, batch);
        Predict(model, batch);
        _ = model.Parameters["fc.weight"].ReadOnlyValues[0];
        Predict(model, batch);
        Assert.Equal(1, model.Preparations);
        model.Parameters["fc.weight"].Values.Clear();
        Assert.NotEqual(before, Predict(model, batch));
        Assert.Equal(2, model.Preparations);
        model.Backward(batch, 0);
        Predict(model, batch);
        Assert.Equal(3, model.Preparations);
    }

    [Fact]
    public void Calls_AfterTheFirst_AllocateNothing()
    {
        using var model = new SoftmaxRegression { Threads = 2 };
        using var batch = Samples(model.Info, 8);
        var optimizer = new Adam();
        var output = new float[8 * 3];
        Assert.InRange(Allocations.OfEachRound(Round), 0, 100);

        void Round()
        {
            for (var i = 0; i < 300; i++)
                Step();
        }

        void Step()
        {
            model.Backward(batch, 1);
            optimizer.Step(model.Parameters);
            model.Evaluate(batch, output);
            model.Predict(batch, output);
        }
    }

    [Fact]
    public void Calls_WithBadArguments_SayWhat()
    {
        using var model = new SoftmaxRegression();
        using var batch = Samples(model.Info, 4);
        using var empty = new Batch(model.Info, 4);
        using var other = new Batch(SoftmaxRegression.Describe(6, 3), 4) { Count = 1 };
        Assert.Contains("4×3 = 12", Assert.Throws<ArgumentException>(() => model.Predict(batch, new float[11])).Message);
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => model.Backward(empty, 0)).Message);
        Assert.Contains("was made for", Assert.Throws<ArgumentException>(() => model.Backward(other, 0)).Message);
        Assert.Throws<ArgumentNullException>(() => model.Backward(null!, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Threads = 0);
        using var lossless = new SoftmaxRegression(hasLoss: false);
        using var inputs = new Batch(lossless.Info, 1) { Count = 1 };
        Assert.Contains("no loss", Assert.Throws<InvalidOperationException>(() => lossless.Backward(inputs, 0)).Message);
        Assert.True(float.IsNaN(lossless.Evaluate(inputs, default)));
    }

    [Fact]
    public void Dispose_ThenUse_Throws()
    {
        var model = new SoftmaxRegression();
        using var batch = Samples(model.Info, 1);
        model.Dispose();
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Predict(batch, new float[3]));
        Assert.Throws<ObjectDisposedException>(() => model.Parameters.ReadOnlyValues.Length);
    }

    [Fact]
    public unsafe void Pointers_AreAligned()
    {
        var buffer = AlignedBuffer.OfFloats(100);
        Assert.Equal(0u, (nuint)buffer.Floats % AlignedBuffer.Alignment);
        Assert.All(new ReadOnlySpan<float>(buffer.Floats, 112).ToArray(), value => Assert.Equal(0f, value));
        AlignedBuffer? grown = buffer;
        Assert.Same(buffer, AlignedBuffer.EnsureAtLeast(ref grown, 400));
        var large = AlignedBuffer.EnsureAtLeast(ref grown, 1000);
        Assert.Same(large, grown);
        Assert.Equal(1000, grown!.LengthInBytes);
        Assert.Equal(0u, (nuint)grown.Floats % AlignedBuffer.Alignment);
        GC.KeepAlive(buffer);
        GC.KeepAlive(grown);
    }

    private static float[] Predict(SoftmaxRegression model, Batch batch)
    {
        var output = new float[batch.Count * model.Info.OutputLength];
        model.Predict(batch, output);
        return output;
    }

    private static Batch Samples(ModelInfo info, int count)
    {
        var batch = new Batch(info, count) { Count = count };
        var rng = new Rng((ulong)count);
        foreach (ref var value in batch.Floats(0))
            value = (float)rng.NextNormal();
        foreach (ref var label in batch.Ints(1))
            label = rng.NextInt(info.Inputs[1].Classes);
        return batch;
    }
}
