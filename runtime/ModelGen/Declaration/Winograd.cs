namespace ModelGen;

/// <summary>Specifies whether convolutions on the CPU are computed with fewer products than their definition has (Winograd's minimal filtering).</summary>
/// <remarks>
/// <para>A convolution with stride 1 over two axes, and both of its gradients, can be computed on tiles: F(m×m, r×r) makes m² results of
/// a filter of r² taps from (m + r − 1)² products instead of m²·r². The tiles are transformed before and after, which costs digits: the page on
/// performance has the error of each choice as a test measures it, some 5e-6 of the largest element for F(4×4). It is used where it is faster,
/// judging by the sizes. A kernel on a GPU is always direct.</para>
/// <para>A number that is not finite reaches all results of the tiles that read it, not only those whose filter sees it; <see cref="Off"/> keeps to
/// the definition.</para>
/// <para>Source: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016.</para>
/// </remarks>
public enum Winograd
{
    /// <summary>F(4×4) for filters of 3×3 and 5×5, which is the fastest.</summary>
    Fast,

    /// <summary>F(2×2) for filters of 3×3, which keeps most of the digits.</summary>
    Accurate,

    /// <summary>Every product of the definition.</summary>
    Off,
}
