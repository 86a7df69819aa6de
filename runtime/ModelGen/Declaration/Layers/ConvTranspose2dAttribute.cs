namespace ModelGen;

/// <summary><see cref="Nn.ConvTranspose2d"/> as a step of a network in class form.</summary>
/// <param name="outChannels">Out, the channels of the output.</param>
/// <param name="kernel">The window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ConvTranspose2dAttribute(int outChannels, int kernel) : LayerAttribute
{
    /// <summary>Out, the channels of the output.</summary>
    public int OutChannels { get; } = outChannels;

    /// <summary>The window.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>The distance between the windows in the output; 1 unless given.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>What is cut off on each side; 0 unless given.</summary>
    public int Padding { get; set; }

    /// <summary>Added to the size at the end; below the stride.</summary>
    public int OutputPadding { get; set; }

    /// <summary>The distance between the elements of the window; 1 unless given.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The number of channel groups that do not see each other.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Whether there is a bias.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>How the weight starts: a text of <see cref="ModelGen.Init"/> as <c>"KaimingNormal"</c>, <c>"Normal(0.02)"</c> or <c>"XavierUniform.For(Tanh)"</c>.</summary>
    public string? Init { get; set; }

    /// <summary>How the bias starts, as <see cref="Init"/>.</summary>
    public string? BiasInit { get; set; }
}
