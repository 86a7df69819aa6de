namespace ModelGen;

public static partial class Nn
{
    /// <summary>
    /// Creates a 1-D cross-correlation of f32[N,C,L]. Its parameters are <c>weight</c> f32[Out,C/groups,kernel…] and <c>bias</c> f32[Out]. The size rule is
    /// that of <see cref="Conv2d"/>.
    /// </summary>
    /// <param name="outChannels">Out, the channels of the output.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step of the window; 1 unless given.</param>
    /// <param name="padding">The zeros on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    public static Layer Conv1d(int outChannels, int kernel, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool bias = true,
        Init? init = null, Init? biasInit = null) =>
        Declare("Conv1d", ("outChannels", outChannels), ("kernel", kernel), ("stride", stride), ("padding", padding), ("dilation", dilation),
            ("groups", groups), ("bias", bias), ("init", init), ("biasInit", biasInit));

    /// <summary>
    /// Creates a 3-D cross-correlation of f32[N,C,D,H,W]. Its parameters are <c>weight</c> f32[Out,C/groups,kernel…] and <c>bias</c> f32[Out]. The size rule is
    /// that of <see cref="Conv2d"/>.
    /// </summary>
    /// <param name="outChannels">Out, the channels of the output.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step of the window; 1 unless given.</param>
    /// <param name="padding">The zeros on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    public static Layer Conv3d(int outChannels, Size3 kernel, Size3? stride = null, Size3? padding = null, Size3? dilation = null, int groups = 1,
        bool bias = true, Init? init = null, Init? biasInit = null) =>
        Declare("Conv3d", ("outChannels", outChannels), ("kernel", kernel), ("stride", stride ?? 1), ("padding", padding ?? 0), ("dilation", dilation ?? 1),
            ("groups", groups), ("bias", bias), ("init", init), ("biasInit", biasInit));

    /// <summary>
    /// Creates a transposed convolution of f32[N,C,L] to sizes (L − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1. Its parameters are
    /// <c>weight</c> f32[C,Out/groups,kernel…] and <c>bias</c> f32[Out].
    /// </summary>
    /// <param name="outChannels">Out, the channels of the output.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The distance between the windows in the output; 1 unless given.</param>
    /// <param name="padding">What is cut off on each side; 0 unless given.</param>
    /// <param name="outputPadding">Added to the size at the end; below the stride.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    public static Layer ConvTranspose1d(int outChannels, int kernel, int stride = 1, int padding = 0, int outputPadding = 0, int dilation = 1, int groups = 1,
        bool bias = true, Init? init = null, Init? biasInit = null) =>
        Declare("ConvTranspose1d", ("outChannels", outChannels), ("kernel", kernel), ("stride", stride), ("padding", padding), ("outputPadding", outputPadding),
            ("dilation", dilation), ("groups", groups), ("bias", bias), ("init", init), ("biasInit", biasInit));

    /// <summary>
    /// Creates a transposed convolution of f32[N,C,H,W] to sizes (L − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1. Its parameters are
    /// <c>weight</c> f32[C,Out/groups,kernel…] and <c>bias</c> f32[Out].
    /// </summary>
    /// <param name="outChannels">Out, the channels of the output.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The distance between the windows in the output; 1 unless given.</param>
    /// <param name="padding">What is cut off on each side; 0 unless given.</param>
    /// <param name="outputPadding">Added to the size at the end; below the stride.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    public static Layer ConvTranspose2d(int outChannels, Size2 kernel, Size2? stride = null, Size2? padding = null, Size2? outputPadding = null,
        Size2? dilation = null, int groups = 1, bool bias = true, Init? init = null, Init? biasInit = null) =>
        Declare("ConvTranspose2d", ("outChannels", outChannels), ("kernel", kernel), ("stride", stride ?? 1), ("padding", padding ?? 0),
            ("outputPadding", outputPadding ?? 0), ("dilation", dilation ?? 1), ("groups", groups), ("bias", bias), ("init", init), ("biasInit", biasInit));

    /// <summary>
    /// Creates a transposed convolution of f32[N,C,D,H,W] to sizes (L − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1. Its parameters are
    /// <c>weight</c> f32[C,Out/groups,kernel…] and <c>bias</c> f32[Out].
    /// </summary>
    /// <param name="outChannels">Out, the channels of the output.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The distance between the windows in the output; 1 unless given.</param>
    /// <param name="padding">What is cut off on each side; 0 unless given.</param>
    /// <param name="outputPadding">Added to the size at the end; below the stride.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    public static Layer ConvTranspose3d(int outChannels, Size3 kernel, Size3? stride = null, Size3? padding = null, Size3? outputPadding = null,
        Size3? dilation = null, int groups = 1, bool bias = true, Init? init = null, Init? biasInit = null) =>
        Declare("ConvTranspose3d", ("outChannels", outChannels), ("kernel", kernel), ("stride", stride ?? 1), ("padding", padding ?? 0),
            ("outputPadding", outputPadding ?? 0), ("dilation", dilation ?? 1), ("groups", groups), ("bias", bias), ("init", init), ("biasInit", biasInit));

    /// <summary>
    /// Creates a convolution with weights of its own for each position: f32[N,C,H,W] → f32[N,Out,H',W']. Its parameters are <c>weight</c>
    /// f32[H',W',Out,C,KH,KW] and <c>bias</c> f32[Out,H',W'].
    /// </summary>
    /// <param name="outChannels">Out, the channels of the output.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step of the window; 1 unless given.</param>
    /// <param name="padding">The zeros on each side; 0 unless given.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="init">How the weight starts; <see cref="Init.TorchDefault"/> unless given.</param>
    /// <param name="biasInit">How the bias starts; <see cref="Init.TorchDefault"/> unless given.</param>
    public static Layer LocallyConnected2d(int outChannels, Size2 kernel, Size2? stride = null, Size2? padding = null, bool bias = true, Init? init = null,
        Init? biasInit = null) =>
        Declare("LocallyConnected2d", ("outChannels", outChannels), ("kernel", kernel), ("stride", stride ?? 1), ("padding", padding ?? 0), ("bias", bias),
            ("init", init), ("biasInit", biasInit));

    /// <summary>Filters each channel with a kernel that is written in the source (see <see cref="Kernels"/>); it is no parameter and is not trained.</summary>
    /// <param name="x">The input.</param>
    /// <param name="weights">Row by row, one for each element of the kernel.</param>
    /// <param name="kernel">The sizes of the kernel; square where null.</param>
    /// <param name="stride">The step of the window; 1 unless given.</param>
    /// <param name="padding">The zeros on each side; 0 unless given.</param>
    public static Tensor FixedConv2d(Tensor x, float[] weights, Size2? kernel = null, Size2? stride = null, Size2? padding = null) =>
        Tensor.Record("FixedConv2d", null, [x], ("weights", weights), ("kernel", kernel), ("stride", stride ?? 1), ("padding", padding ?? 0));
}
