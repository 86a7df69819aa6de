using System.Reflection;
using System.Runtime.CompilerServices;

namespace ModelGen.Tests.Runtime;

/// <summary>No sequence of safe calls touches memory that is gone, and each use after disposal says so.</summary>
public sealed class DisposalTests
{
    // What describes a model stays, and disposing again does nothing.
    private static readonly string[] Descriptive =
        ["get_Info", "get_Parameters", "get_Capacity", "Dispose", "get_BatchSize", "get_BatchesPerEpoch", "get_Shuffle"];

    [Fact]
    public void EveryMember_OfADisposedModel_Throws() => EveryMemberThrows(typeof(IModel), () =>
    {
        var model = new SoftmaxRegression();
        model.Dispose();
        return model;
    });

    [Fact]
    public void EveryMember_OfADisposedParameterSet_Throws() => EveryMemberThrows(typeof(ParameterSet), () =>
    {
        var model = new SoftmaxRegression();
        model.Dispose();
        return model.Parameters;
    }, "get_Count");

    [Fact]
    public void EveryMember_OfADisposedBatch_Throws() => EveryMemberThrows(typeof(Batch), () =>
    {
        var batch = new Batch(SoftmaxRegression.Describe(6, 3), 4) { Count = 1 };
        batch.Dispose();
        return batch;
    });

    [Fact]
    public void EveryMember_OfADisposedLoader_Throws() => EveryMemberThrows(typeof(BatchLoader), () =>
    {
        var loader = new BatchLoader(Samples(10), SoftmaxRegression.Describe(6, 3), 4);
        loader.Dispose();
        return loader;
    });

    [Fact]
    public void WhatServesADisposedModel_Throws()
    {
        var model = new SoftmaxRegression();
        using var batch = FilledBatch(model.Info);
        var optimizer = new Adam(0.01f);
        model.Backward(batch, 0);
        optimizer.Step(model.Parameters);
        var view = model.Parameters["fc.weight"];
        var trainer = new Trainer<SoftmaxRegression>(model, optimizer);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => view.Values.Length);
        Assert.Throws<ObjectDisposedException>(() => view.ReadOnlyValues.Length);
        Assert.Throws<ObjectDisposedException>(() => view.Gradients.Length);
        Assert.Throws<ObjectDisposedException>(() => optimizer.Step(model.Parameters));
        Assert.Throws<ObjectDisposedException>(() => optimizer.Load(path, model.Parameters));
        Assert.Throws<ObjectDisposedException>(() => model.Save(path));
        Assert.Throws<ObjectDisposedException>(() => model.Load(path));
        Assert.Throws<ObjectDisposedException>(() => trainer.Fit(Samples(10), 1));
        Assert.Throws<ObjectDisposedException>(() => trainer.Evaluate(Samples(10)));
        Assert.Throws<ObjectDisposedException>(() => trainer.Predict(Samples(10)));
        Assert.Throws<ObjectDisposedException>(() => trainer.Threads);
        Assert.Throws<ObjectDisposedException>(() => new Checkpoint(path).OnEpochEnd(model, new EpochResult(1, 1f, null, null, 1, 1, 1, true)));
        Assert.Throws<ObjectDisposedException>(() => new EarlyStopping(1).OnEpochEnd(model, new EpochResult(1, 1f, null, null, 1, 1, 1, true)));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Calls_WhileAnotherThreadDisposes_EndOrSaySo()
    {
        for (var round = 0; round < 30; round++)
        {
            var model = new SoftmaxRegression(features: 300, classes: 40);
            var batch = FilledBatch(model.Info);
            using var started = new CountdownEvent(3);
            var calls = Enumerable.Range(0, 3).Select(k => Task.Run(() =>
            {
                var output = new float[4 * 40];
                var ends = 0;
                started.Signal();
                try
                {
                    for (; ; ends++)
                    {
                        if (k == 2)
                            model.Evaluate(batch, output);
                        else
                            model.Predict(batch, output);
                        Assert.All(output, value => Assert.True(float.IsFinite(value)));
                    }
                }
                catch (ObjectDisposedException)
                {
                    return ends;
                }
            })).ToArray();
            started.Wait();
            if (round % 2 == 0)
                model.Dispose();
            else
                batch.Dispose();
            GC.Collect();
            await Task.WhenAll(calls);
            model.Dispose();
            batch.Dispose();
        }
    }

    [Fact]
    public void Spans_OutliveTheirModelAndBatch()
    {
        var (weights, inputs, labels) = Forgotten(out var expected);
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            using var other = new SoftmaxRegression(features: 2048, classes: 100, seed: 9);
        }

        Assert.Equal(expected, weights.ToArray());
        Assert.Equal(-1, inputs.IndexOfAnyExcept(3f));
        Assert.Equal(-1, labels.IndexOfAnyExcept(2));
    }

    [Fact]
    public void Spans_AfterDispose_StayMemoryOfTheirOwn()
    {
        var model = new SoftmaxRegression();
        var values = model.Parameters.Values;
        var batch = new Batch(model.Info, 3);
        var row = batch.Floats(0);
        model.Dispose();
        batch.Dispose();
        GC.Collect();
        using var other = new SoftmaxRegression();
        var before = other.Parameters.ReadOnlyValues.ToArray();
        values.Fill(5f);
        row.Fill(5f);
        Assert.Equal(before, other.Parameters.ReadOnlyValues.ToArray());
    }

    [Fact]
    public void Threads_HaveABound()
    {
        using var model = new SoftmaxRegression();
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Threads = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Threads = 1025);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Threads = int.MaxValue);
        model.Threads = 1024;
        Assert.Equal(1024, model.Threads);
    }

    [Fact]
    public void Step_WithoutTheMemoryForIt_IsRefusedWithBothNumbers()
    {
        using var model = new Greedy();
        using var batch = FilledBatch(model.Info);
        Assert.Matches("^The workspace of a training step of Greedy with 4 samples needs [0-9]{13,} bytes, and [0-9]+ are available.$",
            Assert.Throws<InsufficientMemoryException>(() => model.Backward(batch, 0)).Message);
        Assert.Matches("^The workspace of an evaluation of Greedy with 4 samples needs",
            Assert.Throws<InsufficientMemoryException>(() => model.Predict(batch, new float[12])).Message);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1 << 30)]
    public void Batch_OfTooManySamples_SaysSo(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batch(SoftmaxRegression.Describe(6, 3), capacity));

    private static void EveryMemberThrows(Type type, Func<object> disposed, params string[] more)
    {
        var members = new[] { type }.Concat(type.GetInterfaces().Where(i => type.IsInterface || i == typeof(IEnumerable<ParameterView>)))
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Where(m => m.DeclaringType != typeof(object) && !Descriptive.Contains(m.Name) && !more.Contains(m.Name)
                && m.GetBaseDefinition().DeclaringType != typeof(object)).ToList();
        Assert.NotEmpty(members);
        foreach (var member in members)
        {
            // Reflection cannot make a span; the calls that take or give one are tried by name.
            var target = disposed();
            Action call = member.GetParameters().Any(p => p.ParameterType.IsByRefLike) || member.ReturnType.IsByRefLike
                ? () => CallWithSpan(target, member.Name)
                : () => member.Invoke(target, BindingFlags.DoNotWrapExceptions, null, [.. member.GetParameters().Select(Argument)], null);
            Assert.True(Record.Exception(call) is ObjectDisposedException,
                $"{type.Name}.{member.Name}: {Record.Exception(call)?.GetType().Name ?? "no exception"}");
        }
    }

    private static object? Argument(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var t when t == typeof(Batch) => FilledBatch(SoftmaxRegression.Describe(6, 3)),
        var t when t == typeof(LossTotal) => new LossTotal(SoftmaxRegression.Describe(6, 3)),
        var t when t == typeof(string) => "fc.weight",
        var t when t == typeof(float) => 1f,
        var t when t == typeof(ulong) => 1ul,
        var t when t == typeof(uint) => 1u,
        var t when t == typeof(int) => 1,
        var t when t == typeof(bool) => false,
        _ => null,
    };

    private static void CallWithSpan(object target, string name)
    {
        using var batch = FilledBatch(SoftmaxRegression.Describe(6, 3));
        switch (target, name)
        {
            case (IModel m, "Evaluate"): m.Evaluate(batch, []); break;
            case (IModel m, "Predict"): m.Predict(batch, new float[12]); break;
            case (ParameterSet p, "get_Values"): _ = p.Values; break;
            case (ParameterSet p, "get_ReadOnlyValues"): _ = p.ReadOnlyValues; break;
            case (ParameterSet p, "get_Gradients"): _ = p.Gradients; break;
            case (ParameterSet p, "get_Buffers"): _ = p.Buffers; break;
            case (ParameterSet p, "get_ReadOnlyBuffers"): _ = p.ReadOnlyBuffers; break;
            case (Batch b, "Floats"): _ = b.Floats(0); break;
            case (Batch b, "Ints"): _ = b.Ints(1); break;
            case (Batch b, "SetRow"):
                Assert.Throws<ObjectDisposedException>(() => b.SetRow(1, 0, [1]));
                b.SetRow(0, 0, new float[6]);
                break;
            default: throw new InvalidOperationException("A new member: say how it is called.");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SpansOf Forgotten(out float[] expected)
    {
        var model = new SoftmaxRegression(features: 2048, classes: 100);
        var batch = new Batch(model.Info, 50);
        batch.Floats(0).Fill(3f);
        batch.Ints(1).Fill(2);
        expected = model.Parameters["fc.weight"].ReadOnlyValues.ToArray();
        return new(model.Parameters["fc.weight"].ReadOnlyValues, batch.Floats(0), batch.Ints(1));
    }

    private static Batch FilledBatch(ModelInfo info)
    {
        var batch = new Batch(info, 4) { Count = 4 };
        batch.Floats(0).Fill(0.5f);
        return batch;
    }

    private static Dataset Samples(int count) => Dataset.FromArrays(new float[count * 6], new int[count], 6);

    private readonly ref struct SpansOf(ReadOnlySpan<float> weights, Span<float> inputs, Span<int> labels)
    {
        private readonly ReadOnlySpan<float> _weights = weights;
        private readonly Span<float> _inputs = inputs;
        private readonly Span<int> _labels = labels;

        public void Deconstruct(out ReadOnlySpan<float> first, out Span<float> second, out Span<int> third)
        {
            first = _weights;
            second = _inputs;
            third = _labels;
        }
    }

    /// <summary>A model whose steps want more memory than there is anywhere.</summary>
    private sealed class Greedy() : ModelGen.Runtime.CompiledModel(Describe(), 1), IModel
    {
        private static ModelInfo Describe()
        {
            var info = SoftmaxRegression.Describe(6, 3);
            return new ModelInfo
            {
                Name = "Greedy",
                Inputs = info.Inputs,
                Outputs = info.Outputs,
                Parameters = info.Parameters,
                ParameterFloats = info.ParameterFloats,
                TrainWorkspaceFloatsPerSample = 1L << 40,
                InferWorkspaceFloatsPerSample = 1L << 40,
            };
        }

        protected override void Prepare(in ModelGen.Runtime.StepContext s) => throw new InvalidOperationException();

        protected override void Train(in ModelGen.Runtime.StepContext s) => throw new InvalidOperationException();

        protected override void Infer(in ModelGen.Runtime.StepContext s) => throw new InvalidOperationException();

        protected override void Score(in ModelGen.Runtime.StepContext s) => throw new InvalidOperationException();
    }
}
