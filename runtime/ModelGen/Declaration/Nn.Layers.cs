namespace ModelGen;

public static partial class Nn
{
    /// <summary>
    /// Creates a layer that computes y = x Wᵀ + b: f32[N,…,In] → f32[N,…,Out]. Its parameters are <c>weight</c> f32[Out,In] and <c>bias</c> f32[Out].
    /// </summary>
    /// <param name="outFeatures">Out, the size of the last axis of the output.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    public static Layer Linear(int outFeatures, bool bias = true, Init? init = null, Init? biasInit = null) =>
        Declare("Linear", ("outFeatures", outFeatures), ("bias", bias), ("init", init), ("biasInit", biasInit));

    /// <summary>
    /// Creates a 2-D cross-correlation: f32[N,C,H,W] → f32[N,Out,H',W'] with H' = ⌊(H + 2·padding − dilation·(KH − 1) − 1) / stride⌋ + 1. Its parameters are
    /// <c>weight</c> f32[Out,C/groups,KH,KW] and <c>bias</c> f32[Out].
    /// </summary>
    /// <param name="outChannels">Out, the channels of the output.</param>
    /// <param name="kernel">KH×KW.</param>
    /// <param name="stride">The step of the window; 1 unless given.</param>
    /// <param name="padding">The zeros on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    public static Layer Conv2d(
        int outChannels, Size2 kernel, Size2? stride = null, Size2? padding = null, Size2? dilation = null, int groups = 1, bool bias = true, Init? init = null,
        Init? biasInit = null) =>
        Declare(
            "Conv2d",
            ("outChannels", outChannels), ("kernel", kernel), ("stride", stride ?? 1), ("padding", padding ?? 0),
            ("dilation", dilation ?? 1), ("groups", groups), ("bias", bias), ("init", init), ("biasInit", biasInit));

    /// <summary>
    /// Creates a layer that computes y = γ (x − μ) / √(σ² + eps) + β for each channel of f32[N,C,H,W], over batch and positions in training, with the running
    /// statistics in evaluation. Its parameters are <c>weight</c> γ and <c>bias</c> β, its buffers <c>running_mean</c> and <c>running_var</c>, all f32[C].
    /// </summary>
    /// <param name="eps">Added to the variance inside the root.</param>
    /// <param name="momentum">The share of the new batch in the running statistics.</param>
    /// <param name="affine">Whether γ and β are learned.</param>
    public static Layer BatchNorm2d(float eps = 1e-5f, float momentum = 0.1f, bool affine = true) =>
        Declare("BatchNorm2d", ("eps", eps), ("momentum", momentum), ("affine", affine));

    /// <summary>
    /// Creates a layer that, in training, sets each element to zero with probability <paramref name="p"/> and scales the others by 1 / (1 − p); in evaluation
    /// it is the identity.
    /// </summary>
    /// <param name="p">The probability of zero, in [0, 1).</param>
    public static Layer Dropout(float p = 0.5f) => Declare("Dropout", ("p", p));
}
