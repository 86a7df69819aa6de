using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;

namespace ModelGen.Tests.Documentation;

/// <summary>Small operands for each op, by which the operator table shows its derivatives.</summary>
internal static class OperatorSamples
{
    private static readonly Axis N = Axis.Batch;

    private static readonly Dictionary<string, (string Name, object Value)[]> s_samples = new()
    {
        ["Add"] = [("x", Of(N, 3)), ("y", Of(3))],
        ["Sub"] = [("x", Of(N, 3)), ("y", Of(3))],
        ["Mul"] = [("x", Of(N, 3)), ("y", Of(3))],
        ["Div"] = [("x", Of(N, 3)), ("y", Of(3))],
        ["Pow"] = [("x", Of(N, 3)), ("y", Of(N, 3))],
        ["Maximum"] = [("x", Of(N, 3)), ("y", Of(N, 3))],
        ["Minimum"] = [("x", Of(N, 3)), ("y", Of(N, 3))],
        ["Where"] = [("condition", Of(N, 3)), ("x", Of(N, 3)), ("y", Of(N, 3))],
        ["Clamp"] = [("x", Of(N, 3)), ("min", -1.0), ("max", 1.0)],
        ["PRelu"] = [("x", Of(N, 3, 5)), ("parameters", 3)],
        ["Linear"] = [("x", Of(N, 3)), ("outFeatures", 4)],
        ["Conv1d"] = [("x", Of(N, 2, 7)), ("outChannels", 3), ("kernel", 3), ("padding", 1)],
        ["Conv2d"] = [("x", Of(N, 2, 7, 7)), ("outChannels", 3), ("kernel", 3), ("stride", 2), ("padding", 1)],
        ["Conv3d"] = [("x", Of(N, 2, 5, 5, 5)), ("outChannels", 3), ("kernel", 2)],
        ["ConvTranspose1d"] = [("x", Of(N, 2, 4)), ("outChannels", 3), ("kernel", 3), ("stride", 2)],
        ["ConvTranspose2d"] = [("x", Of(N, 2, 4, 4)), ("outChannels", 3), ("kernel", 3), ("stride", 2), ("padding", 1)],
        ["ConvTranspose3d"] = [("x", Of(N, 2, 3, 3, 3)), ("outChannels", 3), ("kernel", 2)],
        ["LocallyConnected2d"] = [("x", Of(N, 2, 4, 4)), ("outChannels", 3), ("kernel", 2)],
        ["Embedding"] = [("x", Labels(N, 5)), ("count", 9), ("dimensions", 3)],
        ["MaxPool1d"] = [("x", Of(N, 2, 7)), ("kernel", 3), ("stride", 2)],
        ["MaxPool2d"] = [("x", Of(N, 2, 6, 6)), ("kernel", 2)],
        ["MaxPool3d"] = [("x", Of(N, 2, 4, 4, 4)), ("kernel", 2)],
        ["AvgPool1d"] = [("x", Of(N, 2, 7)), ("kernel", 3), ("stride", 2), ("padding", 1), ("countIncludePad", false)],
        ["AvgPool2d"] = [("x", Of(N, 2, 6, 6)), ("kernel", 2)],
        ["AvgPool3d"] = [("x", Of(N, 2, 4, 4, 4)), ("kernel", 2)],
        ["FixedConv2d"] = [("x", Of(N, 2, 6, 6)), ("weights", new[] { -1.0, 0, 1, -2, 0, 2, -1, 0, 1 }), ("padding", 1)],
        ["UpsampleNearest2d"] = [("x", Of(N, 2, 3, 3)), ("scaleFactor", 2)],
        ["UpsampleBilinear2d"] = [("x", Of(N, 2, 3, 3)), ("scaleFactor", 2)],
        ["PixelShuffle"] = [("x", Of(N, 8, 3, 3)), ("upscaleFactor", 2)],
        ["BatchNorm1d"] = [("x", Of(N, 3))],
        ["LayerNorm"] = [("x", Of(N, 5, 3))],
        ["RmsNorm"] = [("x", Of(N, 5, 3))],
        ["GroupNorm"] = [("x", Of(N, 4, 5)), ("groups", 2)],
        ["InstanceNorm"] = [("x", Of(N, 3, 5)), ("affine", true)],
        ["Rnn"] = [("x", Of(N, 2, 3)), ("hiddenSize", 4)],
        ["Lstm"] = [("x", Of(N, 2, 3)), ("hiddenSize", 4)],
        ["Gru"] = [("x", Of(N, 2, 3)), ("hiddenSize", 4)],
        ["ScaledDotProductAttention"] = [("query", Of(N, 5, 4)), ("key", Of(N, 6, 4)), ("value", Of(N, 6, 3))],
        ["MultiheadAttention"] = [("x", Of(N, 5, 4)), ("heads", 2)],
        ["SinusoidalPositions"] = [("x", Of(N, 5, 4))],
        ["LearnedPositions"] = [("x", Of(N, 5, 4)), ("maxLength", 8)],
        ["Rotary"] = [("x", Of(N, 5, 4))],
        ["Flatten"] = [("x", Of(N, 3, 4))],
        ["Reshape"] = [("x", Of(N, 3, 4)), ("shape", new[] { 2, 6 })],
        ["Permute"] = [("x", Of(N, 3, 4)), ("axes", new[] { 0, 2, 1 })],
        ["Transpose"] = [("x", Of(N, 3, 4))],
        ["Concat"] = [("axis", 1), ("xs", new[] { Of(N, 3), Of(N, 4) })],
        ["Split"] = [("x", Of(N, 7)), ("axis", 1), ("sizes", new[] { 3, 4 })],
        ["Slice"] = [("x", Of(N, 7)), ("axis", 1), ("start", 1), ("end", 7), ("step", 2)],
        ["Pad"] = [("x", Of(N, 7)), ("padding", new[] { 1, 2 })],
        ["Gather"] = [("x", Of(N, 7)), ("axis", 1), ("index", Labels(N, 3))],
        ["Take"] = [("x", Of(9, 3)), ("index", Labels(N, 5))],
        ["MatMul"] = [("x", Of(N, 3, 4)), ("y", Of(N, 4, 5))],
        ["Sum"] = [("x", Of(N, 3, 4)), ("axes", new[] { 2 })],
        ["Mean"] = [("x", Of(N, 3, 4)), ("axes", new[] { 2 })],
        ["Max"] = [("x", Of(N, 3, 4)), ("axes", new[] { 2 })],
        ["Min"] = [("x", Of(N, 3, 4)), ("axes", new[] { 2 })],
        ["Variance"] = [("x", Of(N, 3, 4)), ("axes", new[] { 2 })],
        ["CrossEntropy"] = [("logits", Of(N, 3)), ("labels", Labels(N))],
        ["SoftCrossEntropy"] = [("logits", Of(N, 3)), ("target", Of(N, 3))],
        ["NllLoss"] = [("x", Of(N, 3)), ("labels", Labels(N))],
        ["BceWithLogits"] = [("logits", Of(N, 3)), ("target", Of(N, 3))],
    };

    /// <summary>The arguments of an op: operands as types, constants as they are. What is not listed is one operand, or one and a target.</summary>
    public static IReadOnlyList<(string Name, object Value)> For(Op op)
    {
        if (s_samples.TryGetValue(op.Name, out var sample)) return sample;
        var tensors = op.Parameters.Where(p => p is { Kind: ParameterKind.Tensor, Optional: false }).Select(p => p.Name).ToList();
        var rank = op.Name.EndsWith("1d", StringComparison.Ordinal) ? 1
            : op.Name.EndsWith("2d", StringComparison.Ordinal) ? 2 : op.Name.EndsWith("3d", StringComparison.Ordinal) ? 3 : 0;
        var shape = rank == 0 ? Of(N, 3) : new(ElementType.F32, Shape.Of(new[] { N, 2 }.Concat(Enumerable.Repeat((Axis)6, rank))));
        var operands = tensors.Select(t => (t, (object)shape));
        return [.. operands, .. op.Parameters.Where(p => p.Name == "outputSize").Select(p => (p.Name, (object)3))];
    }

    private static TensorType Of(params Axis[] axes) => new(ElementType.F32, Shape.Of(axes));

    private static TensorType Labels(params Axis[] axes) => new(ElementType.I32, Shape.Of(axes));
}
