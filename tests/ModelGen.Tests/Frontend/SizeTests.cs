using Microsoft.CodeAnalysis;

namespace ModelGen.Tests.Frontend;

/// <summary>Sizes at the limits of 32 bits: a diagnostic that names the size, or a model that compiles; never a size that wrapped around.</summary>
public class SizeTests
{
    private static readonly int[] s_sizes = [int.MaxValue, int.MaxValue - 1, 1 << 30, 65536];

    /// <summary>Fields and what Forward returns; S is the size. x is [N,4,8,8], s [N,4,8], v [N,2,4,4,4], words [N,3].</summary>
    public static TheoryData<string, string> Calls()
    {
        var calls = new TheoryData<string, string>();
        void Layer(string make, string x = "x") => calls.Add($"readonly Layer f = {make};", $"f({x})");
        void Table(string make) => calls.Add($"readonly EmbeddingLayer f = {make};", "f(words)");
        void Function(string call) => calls.Add("", call);
        foreach (var (rank, x) in new[] { (1, "s"), (2, "x"), (3, "v") })
        {
            foreach (var op in new[] { "Conv", "ConvTranspose" })
            {
                Layer($"{op}{rank}d(S, 1)", x);
                foreach (var more in new[] { "S", "3, stride: S", "3, padding: S", "3, dilation: S", "1, dilation: S", "1, padding: S, stride: S",
                    "3, padding: S, dilation: S", "1, groups: S" }) Layer($"{op}{rank}d(2, {more})", x);
            }
            foreach (var more in new[] { "stride: S, outputPadding: S - 1", "dilation: S, outputPadding: S - 1", "stride: S, padding: S / 2" })
                Layer($"ConvTranspose{rank}d(2, 3, {more})", x);
            foreach (var op in new[] { "MaxPool", "AvgPool" })
                foreach (var more in new[] { "S", "2, stride: S", "2, padding: S", "S, padding: S / 2", "S, padding: S / 2, ceilMode: true",
                    "2, stride: S, ceilMode: true" }) Function($"{op}{rank}d({x}, {more})");
            Function($"MaxPool{rank}d({x}, 2, dilation: S)");
            Function($"AvgPool{rank}d({x}, 2, divisorOverride: S)");
            foreach (var op in new[] { "AdaptiveAvgPool", "AdaptiveMaxPool" }) Function($"{op}{rank}d({x}, S)");
        }
        foreach (var more in new[] { "S, 1", "2, S", "2, 3, stride: S", "2, 3, padding: S" }) Layer($"LocallyConnected2d({more})");
        foreach (var more in new[] { "stride: S", "padding: S" }) Function($"FixedConv2d(x, Kernels.Edge, {more})");
        foreach (var mode in new[] { "constant", "reflect", "replicate", "circular" })
            foreach (var padding in new[] { "S, 0", "0, S", "S, S", "S / 2, S / 2", "1, 1, S, 1" }) Function($"Pad(s, [{padding}], mode: \"{mode}\")");
        foreach (var op in new[] { "UpsampleNearest2d", "UpsampleBilinear2d" })
            foreach (var more in new[] { "scaleFactor: S", "size: S", "size: (S, 1)", "size: (1, S)" }) Function($"{op}(x, {more})");
        Function("UpsampleBilinear2d(x, size: S, alignCorners: true)");
        Function("PixelShuffle(x, S)");
        foreach (var range in new[] { "S", "0, S", "0, 8, S", "-S" }) Function($"Slice(s, 2, {range})");
        foreach (var sizes in new[] { "S", "-1, S", "S, S", "S, S, S" }) Function($"Reshape(s, {sizes})");
        Function("Split(s, 2, S, S)[0]");
        Function("Split(s, 2, 8 - S, S)[0]");
        foreach (var make in new[] { "Linear(S)", "PRelu(S)", "GroupNorm(S)", "LearnedPositions(S)" }) Layer(make, "s");
        foreach (var make in new[] { "Embedding(S, 1)", "Embedding(S, S)", "Embedding(9, S)" }) Table(make);
        foreach (var cell in new[] { "Rnn", "Gru" })
        {
            foreach (var more in new[] { "S", "2, layers: S", "2, truncation: S", "S, bidirectional: true" })
                calls.Add($"readonly RecurrentLayer f = {cell}({more});", "f(s).Output");
        }
        calls.Add("readonly LstmLayer f = Lstm(S);", "f(s).Output");
        calls.Add("readonly AttentionLayer f = MultiheadAttention(S);", "f(s).Output");
        calls.Add("readonly Tensor p = Parameter(S);", "s + Slice(p, 0, 0, 1)");
        calls.Add("readonly Tensor p = Parameter(S, S);", "s + Slice(Slice(p, 0, 0, 1), 1, 0, 1)");
        calls.Add("readonly Tensor p = Parameter(S, S, S, S);", "s + Slice(p, 0, 0, 1)");
        calls.Add("readonly Layer[] f = Repeat(3, _ => Linear(S / 4));", "Concat(2, f[0](s), f[1](s), f[2](s))");
        calls.Add("readonly Layer[] f = Repeat(S, _ => Linear(1));", "f[0](s)");
        return calls;
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Size_NearTheLimit_IsRefusedOrCompiles(string fields, string forward)
    {
        foreach (var size in s_sizes)
        {
            var text = $$"""
                [Model] public partial class Net
                {
                    const int S = {{size}};
                    {{fields}}
                    public Tensor Forward(
                        [Shape(4, 8, 8)] Tensor x, [Shape(4, 8)] Tensor s, [Shape(2, 4, 4, 4)] Tensor v, [Classes(9, Shape = [3])] Labels words) => {{forward}};
                    public Tensor Loss(Tensor y) => Mean(y * y);
                }
                """;
            var compilation = Driver.Compile(text);
            Driver.AssertCompiles(compilation);
            var found = await Driver.Analyze(compilation);
            var result = Driver.NewGenerator().RunGenerators(compilation).GetRunResult();
            Assert.All(found, d => Assert.True(d.Id is not ("MG9001" or "MG1005"), text + d.GetMessage()));
            Assert.Null(result.Results[0].Exception);
            Assert.True(result.Diagnostics.IsEmpty, text + string.Join(" ", result.Diagnostics.Select(d => d.GetMessage())));
        }
    }
}
