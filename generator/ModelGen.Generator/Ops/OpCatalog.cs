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

        // Layers with parameters.
        new Linear(),
        new Conv1d(),
        new Conv2d(),
        new Conv3d(),

        // Activations.
        new Relu(),
        new LeakyRelu(),
        new Sigmoid(),
        new Tanh(),
        new Gelu(),

        // Pooling.
        new MaxPool1d(),
        new MaxPool2d(),
        new MaxPool3d(),
        new AvgPool1d(),
        new AvgPool2d(),
        new AvgPool3d(),
        new GlobalAvgPool1d(),
        new GlobalAvgPool2d(),
        new GlobalAvgPool3d(),

        // Normalisation and regularisation.
        new BatchNorm1d(),
        new BatchNorm2d(),
        new BatchNorm3d(),
        new Dropout(),

        // Shapes.
        new Flatten(),
        new Reshape(),
        new Concat(),

        // Along an axis.
        new Softmax(),
        new LogSoftmax(),

        // Losses.
        new CrossEntropy(),
        new MseLoss(),
        new BceWithLogits(),
    };

    private static readonly Dictionary<string, Op> s_byName = All.ToDictionary(o => o.Name, StringComparer.Ordinal);

    /// <summary>The op of a name of <c>Nn</c>; null where there is none.</summary>
    public static Op? Find(string name) => s_byName.TryGetValue(name, out var op) ? op : null;
}
