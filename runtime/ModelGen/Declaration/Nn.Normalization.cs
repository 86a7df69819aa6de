// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

public static partial class Nn
{
    /// <summary>
    /// Creates a layer that computes y = γ (x − μ) / √(σ² + eps) + β for each channel of f32[N,C] or f32[N,C,L], over batch and positions in training, with the
    /// running statistics in evaluation. Its parameters are <c>weight</c> γ and <c>bias</c> β, its buffers <c>running_mean</c> and <c>running_var</c>, all
    /// f32[C].
    /// </summary>
    /// <param name="eps">The number that is added to the variance inside the root.</param>
    /// <param name="momentum">The share of the new batch in the running statistics.</param>
    /// <param name="affine">Whether a scale and a shift are learned.</param>
    /// <remarks>
    /// Formula: <c>y = (x - μ) / √(σ² + eps) · weight + bias, for each channel over batch and positions</c>. Shapes: [N, C] or [N, C, L] → same; weight, bias,
    /// running_mean, running_var [C]. Source: Ioffe and Szegedy 2015, algorithms 1 and 2. Training: the batch's mean and biased variance; running = (1 -
    /// momentum)·running + momentum·batch, with the unbiased variance. Evaluation: the running statistics.
    /// </remarks>
    public static Layer BatchNorm1d(double eps = 1e-5, double momentum = 0.1, bool affine = true) =>
        Declare("BatchNorm1d", ("eps", eps), ("momentum", momentum), ("affine", affine));

    /// <summary>
    /// Creates a layer that computes y = γ (x − μ) / √(σ² + eps) + β for each channel of f32[N,C,H,W], over batch and positions in training, with the running
    /// statistics in evaluation. Its parameters are <c>weight</c> γ and <c>bias</c> β, its buffers <c>running_mean</c> and <c>running_var</c>, all f32[C].
    /// </summary>
    /// <param name="eps">The number that is added to the variance inside the root.</param>
    /// <param name="momentum">The share of the new batch in the running statistics.</param>
    /// <param name="affine">Whether a scale and a shift are learned.</param>
    /// <remarks>
    /// Formula: <c>y = (x - μ) / √(σ² + eps) · weight + bias, for each channel over batch and positions</c>. Shapes: [N, C, L…] → same; weight, bias,
    /// running_mean, running_var [C]. Source: Ioffe and Szegedy 2015, algorithms 1 and 2. Training: the batch's mean and biased variance; running = (1 -
    /// momentum)·running + momentum·batch, with the unbiased variance. Evaluation: the running statistics.
    /// </remarks>
    public static Layer BatchNorm2d(double eps = 1e-5, double momentum = 0.1, bool affine = true) =>
        Declare("BatchNorm2d", ("eps", eps), ("momentum", momentum), ("affine", affine));

    /// <summary>
    /// Creates a layer that computes y = γ (x − μ) / √(σ² + eps) + β for each channel of f32[N,C,D,H,W], over batch and positions in training, with the running
    /// statistics in evaluation. Its parameters are <c>weight</c> γ and <c>bias</c> β, its buffers <c>running_mean</c> and <c>running_var</c>, all f32[C].
    /// </summary>
    /// <param name="eps">The number that is added to the variance inside the root.</param>
    /// <param name="momentum">The share of the new batch in the running statistics.</param>
    /// <param name="affine">Whether a scale and a shift are learned.</param>
    /// <remarks>
    /// Formula: <c>y = (x - μ) / √(σ² + eps) · weight + bias, for each channel over batch and positions</c>. Shapes: [N, C, L…] → same; weight, bias,
    /// running_mean, running_var [C]. Source: Ioffe and Szegedy 2015, algorithms 1 and 2. Training: the batch's mean and biased variance; running = (1 -
    /// momentum)·running + momentum·batch, with the unbiased variance. Evaluation: the running statistics.
    /// </remarks>
    public static Layer BatchNorm3d(double eps = 1e-5, double momentum = 0.1, bool affine = true) =>
        Declare("BatchNorm3d", ("eps", eps), ("momentum", momentum), ("affine", affine));

    /// <summary>
    /// Creates a layer that computes y = (x − μ) / √(σ² + eps) · weight + bias over the last axes of each sample. Its parameters are <c>weight</c> and
    /// <c>bias</c> of their shape.
    /// </summary>
    /// <param name="normalizedShape">The sizes of the last axes; the last axis alone where null.</param>
    /// <param name="eps">The number that is added to the variance inside the root.</param>
    /// <param name="affine">Whether a scale and a shift are learned.</param>
    /// <param name="bias">Whether there is a shift.</param>
    /// <remarks>
    /// Formula: <c>y = (x - μ) / √(σ² + eps) · weight + bias, over the last axes of each sample</c>. Shapes: [N, …, normalizedShape…] → same; weight, bias
    /// [normalizedShape…]. Source: Ba, Kiros and Hinton 2016, eq. 4. Biased variance. The normalizedShape is the end of the input's shape; without it the last
    /// axis.
    /// </remarks>
    public static Layer LayerNorm(int[]? normalizedShape = null, double eps = 1e-5, bool affine = true, bool bias = true) =>
        Declare("LayerNorm", ("normalizedShape", normalizedShape), ("eps", eps), ("affine", affine), ("bias", bias));

    /// <summary>
    /// Creates a layer that computes y = x / √(mean x² + eps) · weight over the last axes of each sample. Its parameter is <c>weight</c> of their shape.
    /// </summary>
    /// <param name="normalizedShape">The sizes of the last axes; the last axis alone where null.</param>
    /// <param name="eps">The number that is added to the mean square inside the root.</param>
    /// <param name="affine">Whether a scale is learned.</param>
    /// <remarks>
    /// Formula: <c>y = x / √(mean x² + eps) · weight, over the last axes of each sample</c>. Shapes: [N, …, normalizedShape…] → same; weight
    /// [normalizedShape…]. Source: Zhang and Sennrich 2019, eq. 4. The normalizedShape is the end of the input's shape; without it the last axis.
    /// </remarks>
    public static Layer RmsNorm(int[]? normalizedShape = null, double eps = 1e-6, bool affine = true) =>
        Declare("RmsNorm", ("normalizedShape", normalizedShape), ("eps", eps), ("affine", affine));

    /// <summary>
    /// Creates a layer that normalises over the channels of a group and all positions of each sample of f32[N,C,…]. Its parameters are <c>weight</c> and
    /// <c>bias</c> f32[C].
    /// </summary>
    /// <param name="groups">The number of groups; divides the channels.</param>
    /// <param name="eps">The number that is added to the variance inside the root.</param>
    /// <param name="affine">Whether a scale and a shift are learned.</param>
    /// <remarks>
    /// Formula: <c>y = (x - μ) / √(σ² + eps) · weight + bias, over the channels of a group and all positions of each sample</c>. Shapes: [N, C, …] → same;
    /// weight, bias [C]. Source: Wu and He 2018, eq. 7. Biased variance. Groups divide the channels.
    /// </remarks>
    public static Layer GroupNorm(int groups, double eps = 1e-5, bool affine = true) =>
        Declare("GroupNorm", ("groups", groups), ("eps", eps), ("affine", affine));

    /// <summary>
    /// Creates a layer that normalises over the positions of each channel of each sample of f32[N,C,…]. Its parameters are <c>weight</c> and <c>bias</c>
    /// f32[C].
    /// </summary>
    /// <param name="eps">The number that is added to the variance inside the root.</param>
    /// <param name="affine">Whether a scale and a shift are learned.</param>
    /// <remarks>
    /// Formula: <c>y = (x - μ) / √(σ² + eps) · weight + bias, over the positions of each channel of each sample</c>. Shapes: [N, C, …] → same; weight, bias
    /// [C]. Source: Ulyanov, Vedaldi and Lempitsky 2016, eq. 4. Biased variance; no running statistics.
    /// </remarks>
    public static Layer InstanceNorm(double eps = 1e-5, bool affine = false) => Declare("InstanceNorm", ("eps", eps), ("affine", affine));

    /// <summary>
    /// Creates a layer that, in training, sets each element to zero with probability <paramref name="p"/> and scales the others by 1 / (1 − p); in evaluation
    /// it is the identity.
    /// </summary>
    /// <param name="p">The probability of zero, in [0, 1).</param>
    /// <remarks>
    /// Formula: <c>y = random ≥ p ? x / (1 - p) : 0</c>. Shapes: any → same. Source: Srivastava et al. 2014. Evaluation: the identity. p is in [0, 1). The mask
    /// depends on the step's seed and the position alone; backward draws it again instead of keeping it.
    /// </remarks>
    public static Layer Dropout(double p = 0.5) => Declare("Dropout", ("p", p));

    /// <summary>
    /// Creates a layer that, in training, sets whole channels to zero with probability <paramref name="p"/> and scales the others by 1 / (1 − p); in evaluation
    /// it is the identity.
    /// </summary>
    /// <param name="p">The probability of zero, in [0, 1).</param>
    /// <remarks>
    /// Formula: <c>y[n,c,s] = random(n,c) ≥ p ? x[n,c,s] / (1 - p) : 0</c>. Shapes: [N, C, L…] → same. Source: Tompson et al. 2015. Evaluation: the identity. p
    /// is in [0, 1).
    /// </remarks>
    public static Layer Dropout1d(double p = 0.5) => Declare("Dropout1d", ("p", p));

    /// <summary>
    /// Creates a layer that, in training, sets whole channels to zero with probability <paramref name="p"/> and scales the others by 1 / (1 − p); in evaluation
    /// it is the identity.
    /// </summary>
    /// <param name="p">The probability of zero, in [0, 1).</param>
    /// <remarks>
    /// Formula: <c>y[n,c,s] = random(n,c) ≥ p ? x[n,c,s] / (1 - p) : 0</c>. Shapes: [N, C, L…] → same. Source: Tompson et al. 2015. Evaluation: the identity. p
    /// is in [0, 1).
    /// </remarks>
    public static Layer Dropout2d(double p = 0.5) => Declare("Dropout2d", ("p", p));

    /// <summary>
    /// Creates a layer that, in training, sets whole channels to zero with probability <paramref name="p"/> and scales the others by 1 / (1 − p); in evaluation
    /// it is the identity.
    /// </summary>
    /// <param name="p">The probability of zero, in [0, 1).</param>
    /// <remarks>
    /// Formula: <c>y[n,c,s] = random(n,c) ≥ p ? x[n,c,s] / (1 - p) : 0</c>. Shapes: [N, C, L…] → same. Source: Tompson et al. 2015. Evaluation: the identity. p
    /// is in [0, 1).
    /// </remarks>
    public static Layer Dropout3d(double p = 0.5) => Declare("Dropout3d", ("p", p));

    /// <summary>
    /// Creates a layer that, in training, sets whole samples to zero with probability <paramref name="p"/> and scales the others by 1 / (1 − p); in evaluation
    /// it is the identity.
    /// </summary>
    /// <param name="p">The probability of zero, in [0, 1).</param>
    /// <remarks>
    /// Formula: <c>y[n,…] = random(n) ≥ p ? x[n,…] / (1 - p) : 0</c>. Shapes: any → same. Source: Huang et al. 2016 (stochastic depth), in mode "row". For the
    /// branch of a residual block. Evaluation: the identity. p is in [0, 1).
    /// </remarks>
    public static Layer DropPath(double p = 0.5) => Declare("DropPath", ("p", p));
}
