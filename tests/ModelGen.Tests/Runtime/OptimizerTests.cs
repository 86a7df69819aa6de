using ModelGen.Runtime;

namespace ModelGen.Tests.Runtime;

public sealed class OptimizerTests
{
    private const int Steps = 12;

    public static TheoryData<string> Names =>
        ["sgd", "momentum", "dampening", "nesterov", "adam", "adam-decay", "adamw", "rmsprop", "rmsprop-centered", "rmsprop-all", "adagrad", "adagrad-decay",
            "adadelta", "adamax", "nadam", "radam", "lion"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_AgainstTheFormulaInDouble_Agrees(string name)
    {
        using var parameters = Parameters(37, 5);
        var optimizer = Make(name);
        var values = parameters.ReadOnlyValues.ToArray().Select(value => (double)value).ToArray();
        var states = values.Select(_ => new double[3]).ToArray();
        for (var step = 1; step <= Steps; step++)
        {
            Gradients(parameters, step);
            for (var i = 0; i < values.Length; i++)
                values[i] = Formula(name, values[i], parameters.Gradients[i], step, states[i]);
            optimizer.Step(parameters);
            for (var i = 0; i < values.Length; i++)
                Assert.Equal(values[i], parameters.ReadOnlyValues[i], 4e-6 * Math.Max(1, Math.Abs(values[i])));
        }

        Assert.Equal(Steps, optimizer.Steps);
        Assert.Equal(0f, parameters.ReadOnlyValues[40]);
    }

    [Fact]
    public void Adam_FirstStep_MovesByTheLearningRate()
    {
        using var parameters = Parameters(1, 1);
        parameters["a"].Values[0] = 1f;
        parameters["a"].Gradients[0] = 1e-3f;
        new Adam(0.1f).Step(parameters);
        Assert.Equal(0.9f, parameters["a"].ReadOnlyValues[0], 1e-5f);
    }

    [Fact]
    public void Step_SubnormalMoments_AreFlushed()
    {
        using var parameters = Parameters(16, 1);
        var adam = new Adam(weightDecay: 0f);
        parameters.Gradients.Fill(1e-15f);
        adam.Step(parameters);
        parameters.Gradients.Clear();
        for (var i = 0; i < 600; i++)
            adam.Step(parameters);
        var file = Path.GetTempFileName();
        adam.Save(file);
        var text = File.ReadAllBytes(file);
        File.Delete(file);
        var header = BitConverter.ToInt64(text);
        for (var at = 8 + (int)header; at < text.Length; at += 4)
            Assert.False(float.IsSubnormal(BitConverter.ToSingle(text, at)));
    }

    // The formulas divide the direction by its root mean square, whatever its size: where the square is no longer a normal number too.
    [Theory]
    [InlineData("adam", 1e-10f, -2.5)]
    [InlineData("adam", 1e-18f, -2.5)]
    [InlineData("adam", 1e-20f, -2.5)]
    [InlineData("adamw", 1e-20f, -2.5)]
    [InlineData("rmsprop", 1e-20f, -3.714)]
    [InlineData("adagrad", 1e-20f, 0.1679)]
    public void Step_TinyGradientAndTinyEps_MovesAsTheFormulaSays(string name, float gradient, double expected)
    {
        using var parameters = Parameters(5, 1);
        parameters["a"].Values.Fill(0.5f);
        Optimizer optimizer = name switch
        {
            "adam" => new Adam(0.01f, eps: 1e-30f),
            "adamw" => new AdamW(0.01f, eps: 1e-30f, weightDecay: 0f),
            "rmsprop" => new RmsProp(0.01f, eps: 1e-30f),
            _ => new Adagrad(0.01f, eps: 1e-30f),
        };
        for (var step = 0; step < 300; step++)
        {
            parameters.Gradients.Fill(gradient);
            optimizer.Step(parameters);
        }

        Assert.InRange(parameters["a"].ReadOnlyValues[0], expected - 0.03, expected + 0.03);
    }

    // Of a direction whose square is no number at all nothing is left: it is not divided by eps alone.
    [Theory]
    [InlineData(1e-23f)]
    [InlineData(1e-30f)]
    public void Step_SquareTooSmallToBeANumber_DoesNotMoveFar(float gradient)
    {
        foreach (var optimizer in new Optimizer[] { new Adam(0.01f, eps: 1e-36f), new AdamW(0.01f, eps: 1e-36f, weightDecay: 0f),
            new RmsProp(0.01f, eps: 1e-36f), new RmsProp(0.01f, eps: 1e-36f, momentum: 0.9f, centered: true), new Adagrad(0.01f, eps: 1e-36f) })
        {
            using var parameters = Parameters(5, 1);
            parameters["a"].Values.Fill(0.5f);
            for (var step = 0; step < 10; step++)
            {
                parameters.Gradients.Fill(gradient);
                optimizer.Step(parameters);
            }

            Assert.InRange(parameters["a"].ReadOnlyValues[0], 0.4f, 0.5f);
        }
    }

    [Fact]
    public void Step_FrozenParameter_StaysAsItIs()
    {
        var info = Info(20, 20, frozenFirst: true);
        using var parameters = new ParameterSet(info, 3);
        var before = parameters["a"].ReadOnlyValues.ToArray();
        var trained = parameters["b"].ReadOnlyValues.ToArray();
        parameters.Gradients.Fill(1f);
        new Sgd(0.5f).Step(parameters);
        Assert.Equal(before, parameters["a"].ReadOnlyValues.ToArray());
        Assert.Equal(trained.Select(value => value - 0.5f), parameters["b"].ReadOnlyValues.ToArray());
        // Of the parameters: what lies in the gap behind them does not count.
        Assert.Equal(Math.Sqrt(20), parameters.GradientNorm(), 1e-5);
    }

    [Fact]
    public void Step_BumpsTheVersion_AndAllocatesNothingAfterTheFirst()
    {
        using var parameters = Parameters(1000, 10);
        foreach (var name in Names)
        {
            var optimizer = Make(name);
            optimizer.Step(parameters);
            var version = parameters.Version;
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
                optimizer.Step(parameters);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.NotEqual(version, parameters.Version);
        }
    }

    [Fact]
    public void Step_OfAnotherModel_Throws()
    {
        using var first = Parameters(3, 3);
        using var second = Parameters(3, 3);
        var adam = new Adam();
        adam.Step(first);
        Assert.Contains("one optimizer for each model", Assert.Throws<InvalidOperationException>(() => adam.Step(second)).Message);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("momentum")]
    [InlineData("rmsprop-all")]
    public void SaveAndLoad_InTheMiddle_ContinuesBitForBit(string name)
    {
        var file = Path.GetTempFileName();
        try
        {
            using var whole = Parameters(50, 3);
            using var resumed = Parameters(50, 3);
            var optimizer = Make(name);
            for (var step = 1; step <= 10; step++)
            {
                Gradients(whole, step);
                optimizer.Step(whole);
                if (step == 5)
                {
                    ((FlatOptimizer)optimizer).Save(file);
                    whole.ReadOnlyValues.CopyTo(resumed.Values);
                }
            }

            var second = Make(name);
            ((FlatOptimizer)second).Load(file, resumed);
            for (var step = 6; step <= 10; step++)
            {
                Gradients(resumed, step);
                second.Step(resumed);
            }

            Assert.Equal(10, second.Steps);
            Assert.Equal(whole.ReadOnlyValues.ToArray(), resumed.ReadOnlyValues.ToArray());
            using var third = Parameters(50, 3);
            var wrong = new Adagrad();
            Assert.Contains("'optimizer'", Assert.Throws<SafeTensorsException>(() => wrong.Load(file, third)).Message);
            // The failed load has not tied it to that model.
            using var fourth = Parameters(50, 3);
            Gradients(fourth, 1);
            wrong.Step(fourth);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("steps", "many")]
    [InlineData("steps", "-1")]
    [InlineData("steps", "")]
    [InlineData("steps", "9223372036854775807")]
    [InlineData("steps", "99999999999999999999")]
    [InlineData("steps", null)]
    [InlineData("optimizer", "AdamW")]
    [InlineData("optimizer", null)]
    [InlineData("tensor", "b.exp_avg_sq")]
    [InlineData("end", "")]
    public void Load_Refused_ChangesNothing(string what, string? value)
    {
        var file = Path.GetTempFileName();
        try
        {
            using var parameters = Parameters(50, 3);
            using var twin = Parameters(50, 3);
            Adam adam = new(0.1f), other = new(0.1f), never = new(0.1f);
            Gradients(parameters, 1);
            Gradients(twin, 1);
            adam.Step(parameters);
            other.Step(twin);
            (string Key, string? Value)[] metadata = [("optimizer", "Adam"), ("steps", "7")];
            SafeTensors.Write(
                file,
                SafeTensors.Entries(parameters).SelectMany(e => new[] { Moment(e, "exp_avg"), Moment(e, "exp_avg_sq") }).Where(e => e.Name != value),
                [.. metadata.Select(m => (m.Key, Value: m.Key == what ? value : m.Value)).Where(m => m.Value is not null).Select(m => (m.Key, m.Value!))]);
            if (what == "end")
                File.WriteAllBytes(file, File.ReadAllBytes(file)[..^4]);
            Assert.Throws<SafeTensorsException>(() => adam.Load(file, parameters));
            Assert.Throws<SafeTensorsException>(() => never.Load(file, twin));
            Assert.Equal(1, adam.Steps);
            Assert.Equal(0, never.Steps);
            for (var step = 2; step < 5; step++)
            {
                Gradients(parameters, step);
                Gradients(twin, step);
                adam.Step(parameters);
                other.Step(twin);
            }

            Assert.Equal(twin.ReadOnlyValues.ToArray(), parameters.ReadOnlyValues.ToArray());
        }
        finally
        {
            File.Delete(file);
        }

        static SafeTensors.Entry Moment(SafeTensors.Entry e, string state)
        {
            var memory = AlignedBuffer.OfFloats(e.Length);
            memory.Span<float>(0, e.Length).Fill(0.125f);
            return new($"{e.Name}.{state}", e.Shape, memory, 0, e.Length);
        }
    }

    [Fact]
    public void Save_BeforeTheFirstStep_Throws() => Assert.Throws<InvalidOperationException>(() => new Adam().Save("x"));

    [Fact]
    public void Constructors_WithValuesOutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(-1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(beta1: 1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(eps: 0f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(nesterov: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(momentum: 0.9f, dampening: 0.1f, nesterov: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp(weightDecay: float.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adagrad { LearningRate = -1f });
    }

    [Theory]
    [InlineData(0.5f)]
    [InlineData(100f)]
    public void ClipGradients_ScalesToTheNormOrLeavesThem(float maxNorm)
    {
        using var parameters = Parameters(300, 7);
        Gradients(parameters, 1);
        var before = parameters.Gradients.ToArray();
        var norm = Math.Sqrt(before.Sum(g => (double)g * g));
        Assert.Equal(norm, parameters.ClipGradients(maxNorm), 1e-4);
        var factor = Math.Min(1, maxNorm / (norm + 1e-6));
        for (var i = 0; i < before.Length; i++)
            Assert.Equal(before[i] * factor, parameters.Gradients[i], 1e-6);
    }

    private static Optimizer Make(string name) => name switch
    {
        "sgd" => new Sgd(0.1f, weightDecay: 0.05f),
        "momentum" => new Sgd(0.1f, momentum: 0.9f),
        "dampening" => new Sgd(0.1f, momentum: 0.9f, dampening: 0.25f),
        "nesterov" => new Sgd(0.1f, momentum: 0.9f, nesterov: true),
        "adam" => new Adam(0.05f),
        "adam-decay" => new Adam(0.05f, 0.8f, 0.9f, 1e-6f, 0.1f),
        "adamw" => new AdamW(0.05f, weightDecay: 0.1f),
        "rmsprop" => new RmsProp(0.02f),
        "rmsprop-centered" => new RmsProp(0.02f, 0.9f, 1e-6f, centered: true),
        "rmsprop-all" => new RmsProp(0.02f, 0.9f, 1e-6f, 0.05f, 0.8f, centered: true),
        "adagrad" => new Adagrad(0.1f),
        "adadelta" => new Adadelta(0.5, 0.8, 1e-4, 0.05),
        "adamax" => new Adamax(0.05, weightDecay: 0.1),
        "nadam" => new NAdam(0.05, weightDecay: 0.1),
        "radam" => new RAdam(0.05, 0.9, 0.9),
        "lion" => new Lion(0.02, weightDecay: 0.1),
        _ => new Adagrad(0.1f, 0.5f, 0.1f, 0.25f),
    };

    private static double Formula(string name, double p, double g, int t, double[] s)
    {
        switch (name)
        {
            case "sgd":
                return p - 0.1 * (g + 0.05 * p);
            case "momentum":
                s[0] = 0.9 * s[0] + g;
                return p - 0.1 * s[0];
            case "dampening":
                s[0] = t == 1 ? g : 0.9 * s[0] + 0.75 * g;
                return p - 0.1 * s[0];
            case "nesterov":
                s[0] = 0.9 * s[0] + g;
                return p - 0.1 * (g + 0.9 * s[0]);
            case "adam":
                return Adam(p, g, t, s, 0.05, 0.9, 0.999, 1e-8);
            case "adam-decay":
                return Adam(p, g + 0.1 * p, t, s, 0.05, 0.8, 0.9, 1e-6);
            case "adamw":
                return Adam(p * (1 - 0.05 * 0.1), g, t, s, 0.05, 0.9, 0.999, 1e-8);
            case "rmsprop":
                s[0] = 0.99 * s[0] + 0.01 * g * g;
                return p - 0.02 * g / (Math.Sqrt(s[0]) + 1e-8);
            case "rmsprop-centered":
                return p - 0.02 * Centered(g, s);
            case "rmsprop-all":
                s[2] = 0.8 * s[2] + Centered(g + 0.05 * p, s);
                return p - 0.02 * s[2];
            case "adagrad":
                s[0] += g * g;
                return p - 0.1 * g / (Math.Sqrt(s[0]) + 1e-10);
            case "adadelta":
                g += 0.05 * p;
                s[0] = 0.8 * s[0] + 0.2 * g * g;
                var delta = Math.Sqrt(s[1] + 1e-4) / Math.Sqrt(s[0] + 1e-4) * g;
                s[1] = 0.8 * s[1] + 0.2 * delta * delta;
                return p - 0.5 * delta;
            case "adamax":
                g += 0.1 * p;
                s[0] = 0.9 * s[0] + 0.1 * g;
                s[1] = Math.Max(0.999 * s[1], Math.Abs(g) + 1e-8);
                return p - 0.05 / (1 - Math.Pow(0.9, t)) * s[0] / s[1];
            case "nadam":
                g += 0.1 * p;
                s[0] = 0.9 * s[0] + 0.1 * g;
                s[1] = 0.999 * s[1] + 0.001 * g * g;
                double Mu(int step) => 0.9 * (1 - 0.5 * Math.Pow(0.96, step * 0.004));
                var product = Enumerable.Range(1, t).Aggregate(1.0, (x, step) => x * Mu(step));
                return p - 0.05 * ((1 - Mu(t)) * g / (1 - product) + Mu(t + 1) * s[0] / (1 - product * Mu(t + 1)))
                    / (Math.Sqrt(s[1] / (1 - Math.Pow(0.999, t))) + 1e-8);
            case "radam":
                s[0] = 0.9 * s[0] + 0.1 * g;
                s[1] = 0.9 * s[1] + 0.1 * g * g;
                double most = 2 / (1 - 0.9) - 1, power = Math.Pow(0.9, t), length = most - 2 * t * power / (1 - power);
                var mean = s[0] / (1 - Math.Pow(0.9, t));
                return length <= 5 ? p - 0.05 * mean
                    : p - 0.05 * mean * Math.Sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length))
                        * Math.Sqrt(1 - power) / (Math.Sqrt(s[1]) + 1e-8);
            case "lion":
                var direction = Math.Sign(0.9 * s[0] + 0.1 * g);
                s[0] = 0.99 * s[0] + 0.01 * g;
                return p * (1 - 0.02 * 0.1) - 0.02 * direction;
            default:
                g += 0.1 * p;
                s[0] = (t == 1 ? 0.25 : s[0]) + g * g;
                return p - 0.1 / (1 + (t - 1) * 0.5) * g / (Math.Sqrt(s[0]) + 1e-10);
        }
    }

    private static double Adam(double p, double g, int t, double[] s, double lr, double b1, double b2, double eps)
    {
        s[0] = b1 * s[0] + (1 - b1) * g;
        s[1] = b2 * s[1] + (1 - b2) * g * g;
        return p - lr * (s[0] / (1 - Math.Pow(b1, t))) / (Math.Sqrt(s[1] / (1 - Math.Pow(b2, t))) + eps);
    }

    private static double Centered(double g, double[] s)
    {
        s[0] = 0.9 * s[0] + 0.1 * g * g;
        s[1] = 0.9 * s[1] + 0.1 * g;
        return g / (Math.Sqrt(Math.Max(s[0] - s[1] * s[1], 0)) + 1e-6);
    }

    private static void Gradients(ParameterSet parameters, int step)
    {
        parameters.Gradients.Clear();
        foreach (var view in parameters)
        {
            var rng = new Rng((ulong)step, view.Path);
            foreach (ref var g in view.Gradients)
                g = (float)(rng.NextNormal() + 0.3);
        }
    }

    private static ParameterSet Parameters(int first, int second) => new(Info(first, second), 7);

    private static ModelInfo Info(int first, int second, bool frozenFirst = false)
    {
        var start = (first + 15) / 16 * 16;
        return new ModelInfo
        {
            Name = "test",
            Inputs = [],
            Outputs = [],
            Parameters =
            [
                new ParameterSpec
                {
                    Path = "a", Shape = [first], Offset = 0, Length = first, Initializer = new Initializer(InitializerKind.Normal, 1f),
                    Trainable = !frozenFirst,
                },
                new ParameterSpec { Path = "b", Shape = [second], Offset = start, Length = second, Initializer = new Initializer(InitializerKind.Normal, 1f) },
            ],
            ParameterFloats = start + (second + 15) / 16 * 16,
        };
    }
}
