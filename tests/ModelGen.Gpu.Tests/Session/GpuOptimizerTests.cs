namespace ModelGen.Gpu.Tests.Session;

/// <summary>Each optimizer against its formula in double precision, over several steps with weight decay, clipping and a changing rate.</summary>
public sealed class GpuOptimizerTests : SessionFixture
{
    private delegate void Update(int t, double rate, Span<double> p, ReadOnlySpan<double> g, Span<double> m, Span<double> v);

    [Theory]
    [InlineData(float.PositiveInfinity, 0f)]
    [InlineData(0.05f, 0.1f)]
    public void Sgd_Plain(float clip, float decay)
    {
        using var sgd = new GpuSgd(0.1f, weightDecay: decay) { GradientClipNorm = clip };
        Check(sgd, clip, (t, rate, p, g, m, v) =>
        {
            for (var i = 0; i < p.Length; i++)
                p[i] -= rate * (g[i] + (decay * p[i]));
        });
    }

    [Theory]
    [InlineData(0f, false)]
    [InlineData(0.3f, false)]
    [InlineData(0f, true)]
    public void Sgd_WithMomentum(float dampening, bool nesterov)
    {
        using var sgd = new GpuSgd(0.1f, 0.9f, dampening, nesterov, 0.01f);
        Check(sgd, float.PositiveInfinity, (t, rate, p, g, m, v) =>
        {
            for (var i = 0; i < p.Length; i++)
            {
                var gradient = g[i] + (0.01 * p[i]);
                m[i] = t == 1 ? gradient : (0.9 * m[i]) + ((1 - dampening) * gradient);
                p[i] -= rate * (nesterov ? gradient + (0.9 * m[i]) : m[i]);
            }
        });
    }

    [Theory]
    [InlineData(float.PositiveInfinity, 0f)]
    [InlineData(0.05f, 0.1f)]
    public void Adam(float clip, float decay)
    {
        using var adam = new GpuAdam(0.05f, weightDecay: decay) { GradientClipNorm = clip };
        Check(adam, clip, (t, rate, p, g, m, v) => AdamStep(t, rate, p, g, m, v, decay, 0));
    }

    [Fact]
    public void AdamW()
    {
        using var adam = new GpuAdamW(0.05f, 0.8f, 0.95f, 1e-6f, 0.1f);
        Check(adam, float.PositiveInfinity, (t, rate, p, g, m, v) => AdamStep(t, rate, p, g, m, v, 0, 0.1, 0.8, 0.95, 1e-6));
    }

    [Fact]
    public void Optimizer_OfAnotherSession_IsRefused()
    {
        using var device = GpuDevice.Open(GpuBackend.Cpu);
        using var other = new GpuSession<TinyModel>(new TinyModel(), device);
        using var batch = TinyModel.MakeBatch(2, 2);
        using var sgd = new GpuSgd(0.1f);
        Session.TrainStep(batch, 0, sgd);
        Assert.Throws<InvalidOperationException>(() => other.TrainStep(batch, 0, sgd));
    }

    [Fact]
    public void Settings_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GpuSgd(-1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GpuSgd(0.1f, momentum: 1f));
        Assert.Throws<ArgumentException>(() => new GpuSgd(0.1f, nesterov: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GpuAdam(0.1f, beta2: 1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GpuAdam(float.NaN));
    }

    private static void AdamStep(
        int t, double rate, Span<double> p, ReadOnlySpan<double> g, Span<double> m, Span<double> v, double decay, double decoupled,
        double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
    {
        for (var i = 0; i < p.Length; i++)
        {
            p[i] *= 1 - (rate * decoupled);
            var gradient = g[i] + (decay * p[i]);
            m[i] = (beta1 * m[i]) + ((1 - beta1) * gradient);
            v[i] = (beta2 * v[i]) + ((1 - beta2) * gradient * gradient);
            p[i] -= rate * (m[i] / (1 - Math.Pow(beta1, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(beta2, t))) + epsilon);
        }
    }

    private void Check(GpuOptimizer optimizer, float clip, Update update)
    {
        var count = Host.Info.ParameterFloats;
        double[] p = Array.ConvertAll(Host.Parameters.ReadOnlyValues.ToArray(), x => (double)x), m = new double[count], v = new double[count];
        var scale = p[TinyModel.Scale];
        for (var t = 1; t <= 6; t++)
        {
            if (t == 4)
                optimizer.LearningRate *= 0.5f;
            using var batch = TinyModel.MakeBatch(16, 16, t);
            for (var i = 0; i < count; i++)
                Host.Parameters.Values[i] = (float)p[i];
            Host.Backward(batch, 0);
            var g = Array.ConvertAll(Host.Parameters.Gradients.ToArray(), x => (double)x);
            var norm = Math.Sqrt(g.Sum(x => x * x));
            var factor = float.IsPositiveInfinity(clip) ? 1 : Math.Min(1, clip / (norm + 1e-6));
            Assert.True(float.IsPositiveInfinity(clip) || factor < 1, "The case does not clip.");
            update(t, optimizer.LearningRate, p, Array.ConvertAll(g, x => x * factor), m, v);
            p[TinyModel.Scale] = scale;
            Session.TrainStep(batch, 0, optimizer);
        }

        Assert.Equal(6, optimizer.StepCount);
        Session.Download();
        AssertClose(Array.ConvertAll(p, x => (float)x), Session.Parameters.ReadOnlyValues, 1e-5f);
    }
}
