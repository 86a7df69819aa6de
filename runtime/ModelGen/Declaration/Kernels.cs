namespace ModelGen;

/// <summary>Provides handmade 3×3 kernels for <see cref="Nn.FixedConv2d"/>, row by row.</summary>
public static class Kernels
{
    /// <summary>The kernel that leaves the image as it is.</summary>
    public static readonly float[] Identity = [0, 0, 0, 0, 1, 0, 0, 0, 0];

    /// <summary>The kernel that responds where neighbours differ: the discrete Laplacian over eight neighbours.</summary>
    public static readonly float[] Edge = [-1, -1, -1, -1, 8, -1, -1, -1, -1];

    /// <summary>The kernel that adds the image's edges to it.</summary>
    public static readonly float[] Sharpen = [0, -1, 0, -1, 5, -1, 0, -1, 0];

    /// <summary>The kernel that computes the mean of the neighbourhood.</summary>
    public static readonly float[] Box = [1 / 9f, 1 / 9f, 1 / 9f, 1 / 9f, 1 / 9f, 1 / 9f, 1 / 9f, 1 / 9f, 1 / 9f];

    /// <summary>The binomial approximation of a Gaussian with σ ≈ 0.85.</summary>
    public static readonly float[] Gaussian = [1 / 16f, 2 / 16f, 1 / 16f, 2 / 16f, 4 / 16f, 2 / 16f, 1 / 16f, 2 / 16f, 1 / 16f];
}
