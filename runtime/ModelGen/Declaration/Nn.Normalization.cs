namespace ModelGen;

public static partial class Nn
{
    /// <summary>Creates a batch normalisation of f32[N,C] or f32[N,C,L] for each channel, as <see cref="BatchNorm2d"/>.</summary>
    /// <param name="eps">Added to the variance inside the root.</param>
    /// <param name="momentum">The share of the new batch in the running statistics.</param>
    /// <param name="affine">Whether a scale and a shift are learned.</param>
    public static Layer BatchNorm1d(float eps = 1e-5f, float momentum = 0.1f, bool affine = true) =>
        Declare("BatchNorm1d", ("eps", eps), ("momentum", momentum), ("affine", affine));

    /// <summary>Creates a batch normalisation of f32[N,C,D,H,W] for each channel, as <see cref="BatchNorm2d"/>.</summary>
    /// <param name="eps">Added to the variance inside the root.</param>
    /// <param name="momentum">The share of the new batch in the running statistics.</param>
    /// <param name="affine">Whether a scale and a shift are learned.</param>
    public static Layer BatchNorm3d(float eps = 1e-5f, float momentum = 0.1f, bool affine = true) =>
        Declare("BatchNorm3d", ("eps", eps), ("momentum", momentum), ("affine", affine));

    /// <summary>
    /// Creates a layer that computes y = (x − μ) / √(σ² + eps) · weight + bias over the last axes of each sample. Its parameters are <c>weight</c> and
    /// <c>bias</c> of their shape.
    /// </summary>
    /// <param name="normalizedShape">The sizes of the last axes; the last axis alone where null.</param>
    /// <param name="eps">Added to the variance inside the root.</param>
    /// <param name="affine">Whether a scale and a shift are learned.</param>
    /// <param name="bias">Whether there is a shift.</param>
    public static Layer LayerNorm(int[]? normalizedShape = null, float eps = 1e-5f, bool affine = true, bool bias = true) =>
        Declare("LayerNorm", ("normalizedShape", normalizedShape), ("eps", eps), ("affine", affine), ("bias", bias));

    /// <summary>
    /// Creates a layer that computes y = x / √(mean x² + eps) · weight over the last axes of each sample. Its parameter is <c>weight</c> of their shape.
    /// </summary>
    /// <param name="normalizedShape">The sizes of the last axes; the last axis alone where null.</param>
    /// <param name="eps">Added to the mean square inside the root.</param>
    /// <param name="affine">Whether a scale is learned.</param>
    public static Layer RmsNorm(int[]? normalizedShape = null, float eps = 1e-6f, bool affine = true) =>
        Declare("RmsNorm", ("normalizedShape", normalizedShape), ("eps", eps), ("affine", affine));

    /// <summary>
    /// Creates a layer that normalises over the channels of a group and all positions of each sample of f32[N,C,…]. Its parameters are <c>weight</c> and
    /// <c>bias</c> f32[C].
    /// </summary>
    /// <param name="groups">The number of groups; divides the channels.</param>
    /// <param name="eps">Added to the variance inside the root.</param>
    /// <param name="affine">Whether a scale and a shift are learned.</param>
    public static Layer GroupNorm(int groups, float eps = 1e-5f, bool affine = true) =>
        Declare("GroupNorm", ("groups", groups), ("eps", eps), ("affine", affine));

    /// <summary>
    /// Creates a layer that normalises over the positions of each channel of each sample of f32[N,C,…]. Its parameters are <c>weight</c> and <c>bias</c>
    /// f32[C].
    /// </summary>
    /// <param name="eps">Added to the variance inside the root.</param>
    /// <param name="affine">Whether a scale and a shift are learned.</param>
    public static Layer InstanceNorm(float eps = 1e-5f, bool affine = false) =>
        Declare("InstanceNorm", ("eps", eps), ("affine", affine));
}
