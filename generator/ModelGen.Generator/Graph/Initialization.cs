namespace ModelGen.Generator.Graphs;

/// <summary>How a parameter starts: the name of the runtime's initializer and its numbers.</summary>
/// <param name="ZeroStart">The first of the elements that are zero whatever the distribution.</param>
/// <param name="ZeroLength">How many these are.</param>
internal sealed record Initialization(string Kind, int FanIn = 0, int FanOut = 0, double Value = 0, double Mean = 0, int ZeroStart = 0, int ZeroLength = 0)
{
    public static readonly Initialization Zeros = new("Zeros"), Ones = new("Ones");

    /// <summary>PyTorch's default for weights and biases of linear and convolution layers: uniform on ±1/√fan_in.</summary>
    public static Initialization TorchDefault(int fanIn) => new("TorchDefault", fanIn);
}
