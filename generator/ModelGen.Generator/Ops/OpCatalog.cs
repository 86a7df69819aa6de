using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Ops;

/// <summary>All ops of the language. A new op is its file and a line here.</summary>
internal static class OpCatalog
{
    public static readonly IReadOnlyList<Op> All = new Op[]
    {
        // Arithmetic, with broadcasting.
        new Add(),
        new Sub(),
        new Mul(),
        new Div(),
        new Neg(),
        new Pow(),
        new Maximum(),
        new Minimum(),
        new Where(),

        // Elementary functions.
        new Abs(),
        new Sign(),
        new Exp(),
        new Log(),
        new Sqrt(),
        new Sin(),
        new Cos(),
        new Clamp(),

        // Activations.
        new Relu(),
        new LeakyRelu(),
        new PRelu(),
        new Elu(),
        new Selu(),
        new Gelu(),
        new GeluTanh(),
        new Silu(),
        new Mish(),
        new Sigmoid(),
        new LogSigmoid(),
        new HardSigmoid(),
        new HardSwish(),
        new HardTanh(),
        new Relu6(),
        new Tanh(),
        new Softplus(),
        new Softsign(),

        // Layers with parameters.
        new Linear(),
        new Conv1d(),
        new Conv2d(),
        new Conv3d(),
        new ConvTranspose1d(),
        new ConvTranspose2d(),
        new ConvTranspose3d(),
        new LocallyConnected2d(),
        new Embedding(),

        // Pooling, and filters without parameters.
        new MaxPool1d(),
        new MaxPool2d(),
        new MaxPool3d(),
        new AvgPool1d(),
        new AvgPool2d(),
        new AvgPool3d(),
        new GlobalAvgPool1d(),
        new GlobalAvgPool2d(),
        new GlobalAvgPool3d(),
        new AdaptiveMaxPool1d(),
        new AdaptiveMaxPool2d(),
        new AdaptiveMaxPool3d(),
        new AdaptiveAvgPool1d(),
        new AdaptiveAvgPool2d(),
        new AdaptiveAvgPool3d(),
        new FixedConv2d(),
        new UpsampleNearest2d(),
        new UpsampleBilinear2d(),
        new PixelShuffle(),

        // Normalisation and regularisation.
        new BatchNorm1d(),
        new BatchNorm2d(),
        new BatchNorm3d(),
        new LayerNorm(),
        new RmsNorm(),
        new GroupNorm(),
        new InstanceNorm(),
        new Dropout(),

        // Sequences.
        new Rnn(),
        new Lstm(),
        new Gru(),
        new ScaledDotProductAttention(),
        new MultiheadAttention(),
        new SinusoidalPositions(),
        new LearnedPositions(),
        new Rotary(),

        // Shapes.
        new Flatten(),
        new Reshape(),
        new Permute(),
        new Transpose(),
        new Concat(),
        new Split(),
        new Slice(),
        new Pad(),
        new Gather(),
        new Take(),

        // Along axes.
        new Softmax(),
        new LogSoftmax(),
        new MatMul(),
        new Sum(),
        new Mean(),
        new Max(),
        new Min(),
        new Variance(),

        // Losses.
        new CrossEntropy(),
        new SoftCrossEntropy(),
        new NllLoss(),
        new MseLoss(),
        new L1Loss(),
        new HuberLoss(),
        new SmoothL1Loss(),
        new BceWithLogits(),
        new BceLoss(),
        new KlDivLoss(),
    };

    private static readonly Dictionary<string, Op> s_byName = All.ToDictionary(o => o.Name, StringComparer.Ordinal);

    /// <summary>The op of a name of <c>Nn</c>; null where there is none.</summary>
    public static Op? Find(string name) => s_byName.TryGetValue(name, out var op) ? op : null;
}
