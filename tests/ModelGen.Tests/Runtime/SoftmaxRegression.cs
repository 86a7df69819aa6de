using ModelGen.Runtime;

namespace ModelGen.Tests.Runtime;

/// <summary>A hand-written compiled model, as the generator would write one: logits = x Wᵀ + b, cross-entropy; tiles are rows of W.</summary>
internal sealed unsafe class SoftmaxRegression : CompiledModel, IModel
{
    private readonly int _features;
    private readonly int _classes;
    private readonly int _biasOffset;

    public SoftmaxRegression(int features = 6, int classes = 3, ulong seed = 1, bool hasLoss = true)
        : base(Describe(features, classes, hasLoss), seed)
    {
        (_features, _classes) = (features, classes);
        _biasOffset = Info.Parameters[1].Offset;
    }

    /// <summary>How often the parameters were prepared.</summary>
    public int Preparations { get; private set; }

    /// <summary>Makes every loss NaN, as if training had diverged.</summary>
    public bool Diverges { get; set; }

    /// <summary>Makes a gradient infinite, though the loss is finite.</summary>
    public bool DivergesInGradients { get; set; }

    public static ModelInfo Describe(int features, int classes, bool hasLoss = true)
    {
        var biasOffset = (features * classes + 15) / 16 * 16;
        return new ModelInfo
        {
            Name = "SoftmaxRegression",
            Inputs = hasLoss
                ? [
                    new InputSpec { Name = "x", Shape = [features], Length = features },
                    new InputSpec { Name = "y", Shape = [], Length = 1, IsLabels = true, Classes = classes, UsedByPredict = false },
                ]
                : [new InputSpec { Name = "x", Shape = [features], Length = features }],
            Outputs = [new OutputSpec { Name = "logits", Shape = [classes], Length = classes }],
            Parameters =
            [
                new ParameterSpec
                {
                    Path = "fc.weight", Shape = [classes, features], Offset = 0, Length = features * classes,
                    Initializer = Initializer.TorchDefault(features),
                },
                new ParameterSpec { Path = "fc.bias", Shape = [classes], Offset = biasOffset, Length = classes, Initializer = Initializer.Zeros },
            ],
            Buffers = [new ParameterSpec { Path = "steps", Shape = [], Offset = 0, Length = 1, Initializer = Initializer.Zeros, Trainable = false }],
            BufferFloats = 1,
            ParameterFloats = biasOffset + classes,
            PreparedFloats = features * classes,
            TrainWorkspaceFloatsPerSample = classes,
            InferWorkspaceFloatsPerSample = classes,
            HasLoss = hasLoss,
        };
    }

    protected override void Prepare(in StepContext s)
    {
        Preparations++;
        Buffer.MemoryCopy(s.Parameters, s.Prepared, _features * _classes * sizeof(float), _features * _classes * sizeof(float));
    }

    protected override void Train(in StepContext s)
    {
        Forward(s, s.Workspace);
        *s.Loss = Diverges ? float.NaN : Loss(s, s.Workspace, differentiate: true);
        var work = new Work
        {
            X = (float*)s.Inputs[0],
            DLogits = s.Workspace,
            Gradients = s.Gradients,
            N = s.N,
            Features = _features,
            Classes = _classes,
            BiasOffset = _biasOffset,
        };
        s.Team.Run(&GradientRow, &work, _classes);
        if (DivergesInGradients)
            s.Gradients[0] = float.PositiveInfinity;
        s.Buffers[0]++;
    }

    protected override void Infer(in StepContext s) => Forward(s, s.Output);

    protected override void Score(in StepContext s)
    {
        Forward(s, s.Output);
        *s.Loss = Loss(s, s.Output, differentiate: false);
    }

    private static void GradientRow(void* arguments, int c)
    {
        var work = (Work*)arguments;
        var row = work->Gradients + c * work->Features;
        new Span<float>(row, work->Features).Clear();
        var bias = 0f;
        for (var i = 0; i < work->N; i++)
        {
            var d = work->DLogits[i * work->Classes + c];
            bias += d;
            for (var f = 0; f < work->Features; f++)
                row[f] += d * work->X[i * work->Features + f];
        }

        work->Gradients[work->BiasOffset + c] = bias;
    }

    private void Forward(in StepContext s, float* logits)
    {
        var x = (float*)s.Inputs[0];
        for (var i = 0; i < s.N; i++)
        {
            for (var c = 0; c < _classes; c++)
            {
                var sum = s.Parameters[_biasOffset + c];
                for (var f = 0; f < _features; f++)
                    sum += x[i * _features + f] * s.Prepared[c * _features + f];
                logits[i * _classes + c] = sum;
            }
        }
    }

    private float Loss(in StepContext s, float* logits, bool differentiate)
    {
        var labels = (int*)s.Inputs[1];
        var loss = 0.0;
        for (var i = 0; i < s.N; i++)
        {
            var row = new Span<float>(logits + i * _classes, _classes);
            var max = row[0];
            foreach (var value in row)
                max = Math.Max(max, value);
            var sum = 0.0;
            foreach (var value in row)
                sum += Math.Exp(value - max);
            loss += max + Math.Log(sum) - row[labels[i]];
            for (var c = 0; differentiate && c < _classes; c++)
                row[c] = (float)((Math.Exp(row[c] - max) / sum - (c == labels[i] ? 1 : 0)) / s.N);
        }

        return (float)(loss / s.N);
    }

    private struct Work
    {
        public float* X;
        public float* DLogits;
        public float* Gradients;
        public int N;
        public int Features;
        public int Classes;
        public int BiasOffset;
    }
}
