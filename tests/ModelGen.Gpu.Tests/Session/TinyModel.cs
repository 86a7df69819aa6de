using ModelGen.Runtime;

namespace ModelGen.Gpu.Tests.Session;

/// <summary>
/// A classifier small enough to write by hand twice: logits = scale (x Wᵀ + b), cross-entropy, and a running mean of x. The scale,
/// between the two others in memory, is frozen.
/// </summary>
public sealed unsafe class TinyModel(ulong seed = 1) : CompiledModel(Facts, seed), IModel, IGpuModel
{
    public const int In = 3, Out = 2, Weight = 0, Scale = 16, Bias = 32;

    public static readonly ModelInfo Facts = new()
    {
        Name = "Tiny",
        Inputs =
        [
            new() { Name = "x", Shape = [In], Length = In },
            new() { Name = "label", Shape = [], Length = 1, IsLabels = true, Classes = Out, UsedByPredict = false },
        ],
        Outputs = [new() { Name = "logits", Shape = [Out], Length = Out }],
        Parameters =
        [
            new() { Path = "weight", Shape = [Out, In], Offset = Weight, Length = Out * In, Initializer = Initializer.TorchDefault(In) },
            new() { Path = "scale", Shape = [], Offset = Scale, Length = 1, Initializer = Initializer.Ones, Trainable = false },
            new() { Path = "bias", Shape = [Out], Offset = Bias, Length = Out, Initializer = Initializer.TorchDefault(In) },
        ],
        Buffers = [new() { Path = "mean", Shape = [In], Offset = 0, Length = In, Initializer = Initializer.Zeros, Trainable = false }],
        ParameterFloats = 48,
        BufferFloats = 16,
        TrainWorkspaceFloatsPerSample = Out,
        ParameterCount = (Out * In) + Out,
    };

    public GpuProgram CreateGpuProgram() => new TinyProgram(Info);

    public static Batch MakeBatch(int count, int capacity, int seed = 3)
    {
        var random = new Random(seed);
        var batch = new Batch(Facts, capacity) { Count = count };
        for (var i = 0; i < count; i++)
        {
            batch.SetRow(0, i, [random.NextSingle(), random.NextSingle() - 1f, random.NextSingle() * 2f]);
            batch.SetRow(1, i, [random.Next(Out)]);
        }

        return batch;
    }

    protected override void Prepare(in StepContext s)
    {
    }

    protected override void Train(in StepContext s)
    {
        new Span<float>(s.Gradients, Info.ParameterFloats).Clear();
        *s.Loss = 0;
        var x = (float*)s.Inputs[0];
        Logits(in s, s.Workspace);
        for (var i = 0; i < s.N; i++)
        {
            for (var o = 0; o < Out; o++)
            {
                var (p, loss) = Softmax(s.Workspace + (i * Out), o);
                var isLabel = ((int*)s.Inputs[1])[i] == o;
                if (isLabel)
                    *s.Loss += loss / s.N;
                var d = (p - (isLabel ? 1f : 0f)) / s.N * s.Parameters[Scale];
                s.Gradients[Bias + o] += d;
                for (var k = 0; k < In; k++)
                    s.Gradients[Weight + (o * In) + k] += d * x[(i * In) + k];
            }
        }

        for (var k = 0; k < In; k++)
        {
            var mean = 0f;
            for (var i = 0; i < s.N; i++)
                mean += x[(i * In) + k] / s.N;
            s.Buffers[k] = (0.9f * s.Buffers[k]) + (0.1f * mean);
        }
    }

    protected override void Infer(in StepContext s) => Logits(in s, s.Output);

    protected override void Score(in StepContext s)
    {
        Logits(in s, s.Output);
        *s.Loss = 0;
        for (var i = 0; i < s.N; i++)
            *s.Loss += Softmax(s.Output + (i * Out), ((int*)s.Inputs[1])[i]).Loss / s.N;
    }

    private static (float P, float Loss) Softmax(float* logits, int index)
    {
        var sum = 0.0;
        for (var o = 0; o < Out; o++)
            sum += Math.Exp(logits[o]);
        return ((float)(Math.Exp(logits[index]) / sum), (float)(Math.Log(sum) - logits[index]));
    }

    private static void Logits(in StepContext s, float* logits)
    {
        for (var i = 0; i < s.N; i++)
        {
            for (var o = 0; o < Out; o++)
            {
                var sum = s.Parameters[Bias + o];
                for (var k = 0; k < In; k++)
                    sum += s.Parameters[Weight + (o * In) + k] * ((float*)s.Inputs[0])[(i * In) + k];
                logits[(i * Out) + o] = s.Parameters[Scale] * sum;
            }
        }
    }
}
