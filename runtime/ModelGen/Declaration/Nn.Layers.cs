// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
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
    /// <remarks>
    /// Formula: <c>y = x·Wᵀ + b</c>. Shapes: [N, …, in] → [N, …, outFeatures]; weight [outFeatures, in], bias [outFeatures]. Source: affine map; initialised as
    /// PyTorch's nn.Linear. The last axis holds features; where it is a position of an image, call Flatten first.
    /// </remarks>
    public static Layer Linear(int outFeatures, bool bias = true, Init? init = null, Init? biasInit = null) =>
        Declare("Linear", ("outFeatures", outFeatures), ("bias", bias), ("init", init), ("biasInit", biasInit));

    /// <summary>
    /// Creates a 1-D cross-correlation: f32[N,C,L] → f32[N,Out,L'] with L' = ⌊(L + 2·padding − dilation·(K − 1) − 1) / stride⌋ + 1. Its parameters are
    /// <c>weight</c> f32[Out,C/groups,K] and <c>bias</c> f32[Out].
    /// </summary>
    /// <param name="outChannels">Out, the number of channels of the output.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step of the window.</param>
    /// <param name="padding">The zeros on each side.</param>
    /// <param name="dilation">The distance between the elements of the window.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <remarks>
    /// Formula: <c>y[n,o,s] = b[o] + Σ_{c,k} x[n,c,s·stride - padding + k·dilation] · w[o,c,k]</c>. Shapes: [N, C, L…] → [N, outChannels, (L + 2·padding -
    /// dilation·(kernel - 1) - 1) / stride + 1, …]; weight [outChannels, C/groups, kernel…], bias [outChannels]. Source: LeCun et al. 1989; initialised as
    /// PyTorch's nn.Conv. The kernel fits the padded input. Groups divide both channel counts. Zeros outside the input.
    /// </remarks>
    public static Layer Conv1d(int outChannels, int kernel, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool bias = true,
        Init? init = null, Init? biasInit = null) =>
        Declare("Conv1d", ("outChannels", outChannels), ("kernel", kernel), ("stride", stride), ("padding", padding), ("dilation", dilation),
            ("groups", groups), ("bias", bias), ("init", init), ("biasInit", biasInit));

    /// <summary>
    /// Creates a 2-D cross-correlation: f32[N,C,H,W] → f32[N,Out,H',W'] with H' = ⌊(H + 2·padding − dilation·(KH − 1) − 1) / stride⌋ + 1. Its parameters are
    /// <c>weight</c> f32[Out,C/groups,KH,KW] and <c>bias</c> f32[Out].
    /// </summary>
    /// <param name="outChannels">Out, the number of channels of the output.</param>
    /// <param name="kernel">The height and width of the window.</param>
    /// <param name="stride">The step of the window; 1 unless given.</param>
    /// <param name="padding">The zeros on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <remarks>
    /// Formula: <c>y[n,o,s] = b[o] + Σ_{c,k} x[n,c,s·stride - padding + k·dilation] · w[o,c,k]</c>. Shapes: [N, C, L…] → [N, outChannels, (L + 2·padding -
    /// dilation·(kernel - 1) - 1) / stride + 1, …]; weight [outChannels, C/groups, kernel…], bias [outChannels]. Source: LeCun et al. 1989; initialised as
    /// PyTorch's nn.Conv. The kernel fits the padded input. Groups divide both channel counts. Zeros outside the input.
    /// </remarks>
    public static Layer Conv2d(int outChannels, Size2 kernel, Size2? stride = null, Size2? padding = null, Size2? dilation = null, int groups = 1,
        bool bias = true, Init? init = null, Init? biasInit = null) =>
        Declare("Conv2d", ("outChannels", outChannels), ("kernel", kernel), ("stride", stride ?? 1), ("padding", padding ?? 0), ("dilation", dilation ?? 1),
            ("groups", groups), ("bias", bias), ("init", init), ("biasInit", biasInit));

    /// <summary>
    /// Creates a 3-D cross-correlation: f32[N,C,D,H,W] → f32[N,Out,D',H',W'] with D' = ⌊(D + 2·padding − dilation·(KD − 1) − 1) / stride⌋ + 1. Its parameters
    /// are <c>weight</c> f32[Out,C/groups,KD,KH,KW] and <c>bias</c> f32[Out].
    /// </summary>
    /// <param name="outChannels">Out, the number of channels of the output.</param>
    /// <param name="kernel">The depth, height and width of the window.</param>
    /// <param name="stride">The step of the window; 1 unless given.</param>
    /// <param name="padding">The zeros on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <remarks>
    /// Formula: <c>y[n,o,s] = b[o] + Σ_{c,k} x[n,c,s·stride - padding + k·dilation] · w[o,c,k]</c>. Shapes: [N, C, L…] → [N, outChannels, (L + 2·padding -
    /// dilation·(kernel - 1) - 1) / stride + 1, …]; weight [outChannels, C/groups, kernel…], bias [outChannels]. Source: LeCun et al. 1989; initialised as
    /// PyTorch's nn.Conv. The kernel fits the padded input. Groups divide both channel counts. Zeros outside the input.
    /// </remarks>
    public static Layer Conv3d(int outChannels, Size3 kernel, Size3? stride = null, Size3? padding = null, Size3? dilation = null, int groups = 1,
        bool bias = true, Init? init = null, Init? biasInit = null) =>
        Declare("Conv3d", ("outChannels", outChannels), ("kernel", kernel), ("stride", stride ?? 1), ("padding", padding ?? 0), ("dilation", dilation ?? 1),
            ("groups", groups), ("bias", bias), ("init", init), ("biasInit", biasInit));

    /// <summary>
    /// Creates a transposed convolution of f32[N,C,L] to sizes (L − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1. Its parameters are
    /// <c>weight</c> f32[C,Out/groups,kernel…] and <c>bias</c> f32[Out].
    /// </summary>
    /// <param name="outChannels">Out, the number of channels of the output.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The distance between the windows in the output.</param>
    /// <param name="padding">How much is cut off on each side.</param>
    /// <param name="outputPadding">The number below the stride that is added to the size at the end.</param>
    /// <param name="dilation">The distance between the elements of the window.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <remarks>
    /// Formula: <c>y[n,o,p] = b[o] + Σ_{c,k} x[n,c,(p + padding - k·dilation) / stride] · w[c,o,k], where the division is exact</c>. Shapes: [N, C, L…] → [N,
    /// outChannels, (L - 1)·stride - 2·padding + dilation·(kernel - 1) + outputPadding + 1, …]; weight [C, outChannels/groups, kernel…], bias [outChannels].
    /// Source: Zeiler et al. 2010. Groups divide both channel counts. The outputPadding is below stride or dilation. The output is not empty.
    /// </remarks>
    public static Layer ConvTranspose1d(int outChannels, int kernel, int stride = 1, int padding = 0, int outputPadding = 0, int dilation = 1, int groups = 1,
        bool bias = true, Init? init = null, Init? biasInit = null) =>
        Declare("ConvTranspose1d", ("outChannels", outChannels), ("kernel", kernel), ("stride", stride), ("padding", padding), ("outputPadding", outputPadding),
            ("dilation", dilation), ("groups", groups), ("bias", bias), ("init", init), ("biasInit", biasInit));

    /// <summary>
    /// Creates a transposed convolution of f32[N,C,H,W] to sizes (L − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1. Its parameters are
    /// <c>weight</c> f32[C,Out/groups,kernel…] and <c>bias</c> f32[Out].
    /// </summary>
    /// <param name="outChannels">Out, the number of channels of the output.</param>
    /// <param name="kernel">The height and width of the window.</param>
    /// <param name="stride">The distance between the windows in the output; 1 unless given.</param>
    /// <param name="padding">How much is cut off on each side; 0 unless given.</param>
    /// <param name="outputPadding">The number below the stride that is added to the size at the end; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <remarks>
    /// Formula: <c>y[n,o,p] = b[o] + Σ_{c,k} x[n,c,(p + padding - k·dilation) / stride] · w[c,o,k], where the division is exact</c>. Shapes: [N, C, L…] → [N,
    /// outChannels, (L - 1)·stride - 2·padding + dilation·(kernel - 1) + outputPadding + 1, …]; weight [C, outChannels/groups, kernel…], bias [outChannels].
    /// Source: Zeiler et al. 2010. Groups divide both channel counts. The outputPadding is below stride or dilation. The output is not empty.
    /// </remarks>
    public static Layer ConvTranspose2d(int outChannels, Size2 kernel, Size2? stride = null, Size2? padding = null, Size2? outputPadding = null,
        Size2? dilation = null, int groups = 1, bool bias = true, Init? init = null, Init? biasInit = null) =>
        Declare("ConvTranspose2d", ("outChannels", outChannels), ("kernel", kernel), ("stride", stride ?? 1), ("padding", padding ?? 0),
            ("outputPadding", outputPadding ?? 0), ("dilation", dilation ?? 1), ("groups", groups), ("bias", bias), ("init", init), ("biasInit", biasInit));

    /// <summary>
    /// Creates a transposed convolution of f32[N,C,D,H,W] to sizes (L − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1. Its parameters are
    /// <c>weight</c> f32[C,Out/groups,kernel…] and <c>bias</c> f32[Out].
    /// </summary>
    /// <param name="outChannels">Out, the number of channels of the output.</param>
    /// <param name="kernel">The depth, height and width of the window.</param>
    /// <param name="stride">The distance between the windows in the output; 1 unless given.</param>
    /// <param name="padding">How much is cut off on each side; 0 unless given.</param>
    /// <param name="outputPadding">The number below the stride that is added to the size at the end; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <remarks>
    /// Formula: <c>y[n,o,p] = b[o] + Σ_{c,k} x[n,c,(p + padding - k·dilation) / stride] · w[c,o,k], where the division is exact</c>. Shapes: [N, C, L…] → [N,
    /// outChannels, (L - 1)·stride - 2·padding + dilation·(kernel - 1) + outputPadding + 1, …]; weight [C, outChannels/groups, kernel…], bias [outChannels].
    /// Source: Zeiler et al. 2010. Groups divide both channel counts. The outputPadding is below stride or dilation. The output is not empty.
    /// </remarks>
    public static Layer ConvTranspose3d(int outChannels, Size3 kernel, Size3? stride = null, Size3? padding = null, Size3? outputPadding = null,
        Size3? dilation = null, int groups = 1, bool bias = true, Init? init = null, Init? biasInit = null) =>
        Declare("ConvTranspose3d", ("outChannels", outChannels), ("kernel", kernel), ("stride", stride ?? 1), ("padding", padding ?? 0),
            ("outputPadding", outputPadding ?? 0), ("dilation", dilation ?? 1), ("groups", groups), ("bias", bias), ("init", init), ("biasInit", biasInit));

    /// <summary>
    /// Creates a convolution with weights of its own for each position: f32[N,C,H,W] → f32[N,Out,H',W']. Its parameters are <c>weight</c>
    /// f32[H',W',Out,C,KH,KW] and <c>bias</c> f32[Out,H',W'].
    /// </summary>
    /// <param name="outChannels">Out, the number of channels of the output.</param>
    /// <param name="kernel">The height and width of the window.</param>
    /// <param name="stride">The step of the window; 1 unless given.</param>
    /// <param name="padding">The zeros on each side; 0 unless given.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <remarks>
    /// Formula: <c>y[n,o,s] = b[o,s] + Σ_{c,k} x[n,c,s·stride - padding + k] · w[s,o,c,k]</c>. Shapes: [N, C, H, W] → [N, outChannels, H', W']; weight [H', W',
    /// outChannels, C, KH, KW], bias [outChannels, H', W']. Source: LeCun 1989; a convolution whose positions do not share weights. The kernel fits the padded
    /// input.
    /// </remarks>
    public static Layer LocallyConnected2d(int outChannels, Size2 kernel, Size2? stride = null, Size2? padding = null, bool bias = true, Init? init = null,
        Init? biasInit = null) =>
        Declare("LocallyConnected2d", ("outChannels", outChannels), ("kernel", kernel), ("stride", stride ?? 1), ("padding", padding ?? 0), ("bias", bias),
            ("init", init), ("biasInit", biasInit));

    /// <summary>Creates a layer that returns row x of a table: i32[N,…] → f32[N,…,dimensions]. Its parameter is <c>weight</c> f32[count,dimensions].</summary>
    /// <param name="count">The number of rows; indices are below it.</param>
    /// <param name="dimensions">The length of a row.</param>
    /// <param name="paddingIdx">A row that starts as zeros, whatever <paramref name="init"/> says, and is not trained.</param>
    /// <param name="init">How the weight starts; normal with deviation 1 unless given.</param>
    /// <remarks>
    /// Formula: <c>y[…,d] = weight[x[…], d]</c>. Shapes: indices [N, …] → [N, …, dimensions]; weight [count, dimensions]. Source: Bengio et al. 2003;
    /// initialised N(0, 1) as PyTorch's. The indices are below count. The row paddingIdx starts as zeros, however the others do, and gets no gradient. Repeated
    /// indices add.
    /// </remarks>
    public static EmbeddingLayer Embedding(int count, int dimensions, int? paddingIdx = null, Init? init = null) =>
        DeclareEmbedding("Embedding", ("count", count), ("dimensions", dimensions), ("paddingIdx", paddingIdx), ("init", init));
}
