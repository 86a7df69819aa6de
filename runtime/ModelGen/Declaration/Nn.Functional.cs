namespace ModelGen;

/// <content>Layers as functions of weights that the model computes: weight norm, masks, hypernetworks, tied tables.</content>
public static partial class Nn
{
    /// <summary>Computes y = x Wᵀ + b over the last axis of x, with weights that are given.</summary>
    /// <param name="x">The input f32[N,…,In].</param>
    /// <param name="weight">The weight f32[Out,In].</param>
    /// <param name="bias">The bias f32[Out]; none where null.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null) =>
        Functional("Linear", [x, weight], bias);

    /// <summary>Computes a convolution with weights that are given.</summary>
    /// <param name="x">The input f32[N,C,L].</param>
    /// <param name="weight">The weight f32[Out,C/groups,kernel…].</param>
    /// <param name="bias">The bias f32[Out]; none where null.</param>
    /// <param name="stride">The step of the window; 1 unless given.</param>
    /// <param name="padding">The zeros on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor Conv1d(Tensor x, Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int dilation = 1, int groups = 1) =>
        Functional(
            "Conv1d", [x, weight], bias, ("stride", stride), ("padding", padding), ("dilation", dilation), ("groups", groups));

    /// <summary>Computes a transposed convolution with weights that are given.</summary>
    /// <param name="x">The input f32[N,C,L].</param>
    /// <param name="weight">The weight f32[C,Out/groups,kernel…].</param>
    /// <param name="bias">The bias f32[Out]; none where null.</param>
    /// <param name="stride">The distance between the windows in the output; 1 unless given.</param>
    /// <param name="padding">How much is cut off on each side; 0 unless given.</param>
    /// <param name="outputPadding">What is added to the size at the end; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor ConvTranspose1d(Tensor x, Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int outputPadding = 0,
        int dilation = 1, int groups = 1) =>
        Functional("ConvTranspose1d", [x, weight], bias, ("stride", stride), ("padding", padding), ("outputPadding", outputPadding),
            ("dilation", dilation), ("groups", groups));

    /// <summary>Computes a convolution with weights that are given.</summary>
    /// <param name="x">The input f32[N,C,H,W].</param>
    /// <param name="weight">The weight f32[Out,C/groups,kernel…].</param>
    /// <param name="bias">The bias f32[Out]; none where null.</param>
    /// <param name="stride">The step of the window; 1 unless given.</param>
    /// <param name="padding">The zeros on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor Conv2d(Tensor x, Tensor weight, Tensor? bias = null, Size2? stride = null, Size2? padding = null, Size2? dilation = null,
        int groups = 1) =>
        Functional(
            "Conv2d", [x, weight], bias, ("stride", stride ?? 1), ("padding", padding ?? 0), ("dilation", dilation ?? 1), ("groups", groups));

    /// <summary>Computes a transposed convolution with weights that are given.</summary>
    /// <param name="x">The input f32[N,C,H,W].</param>
    /// <param name="weight">The weight f32[C,Out/groups,kernel…].</param>
    /// <param name="bias">The bias f32[Out]; none where null.</param>
    /// <param name="stride">The distance between the windows in the output; 1 unless given.</param>
    /// <param name="padding">How much is cut off on each side; 0 unless given.</param>
    /// <param name="outputPadding">What is added to the size at the end; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor ConvTranspose2d(Tensor x, Tensor weight, Tensor? bias = null, Size2? stride = null, Size2? padding = null,
        Size2? outputPadding = null, Size2? dilation = null, int groups = 1) =>
        Functional("ConvTranspose2d", [x, weight], bias, ("stride", stride ?? 1), ("padding", padding ?? 0), ("outputPadding", outputPadding ?? 0),
            ("dilation", dilation ?? 1), ("groups", groups));

    /// <summary>Computes a convolution with weights that are given.</summary>
    /// <param name="x">The input f32[N,C,D,H,W].</param>
    /// <param name="weight">The weight f32[Out,C/groups,kernel…].</param>
    /// <param name="bias">The bias f32[Out]; none where null.</param>
    /// <param name="stride">The step of the window; 1 unless given.</param>
    /// <param name="padding">The zeros on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor Conv3d(Tensor x, Tensor weight, Tensor? bias = null, Size3? stride = null, Size3? padding = null, Size3? dilation = null,
        int groups = 1) =>
        Functional(
            "Conv3d", [x, weight], bias, ("stride", stride ?? 1), ("padding", padding ?? 0), ("dilation", dilation ?? 1), ("groups", groups));

    /// <summary>Computes a transposed convolution with weights that are given.</summary>
    /// <param name="x">The input f32[N,C,D,H,W].</param>
    /// <param name="weight">The weight f32[C,Out/groups,kernel…].</param>
    /// <param name="bias">The bias f32[Out]; none where null.</param>
    /// <param name="stride">The distance between the windows in the output; 1 unless given.</param>
    /// <param name="padding">How much is cut off on each side; 0 unless given.</param>
    /// <param name="outputPadding">What is added to the size at the end; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="groups">The number of channel groups that do not see each other.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor ConvTranspose3d(Tensor x, Tensor weight, Tensor? bias = null, Size3? stride = null, Size3? padding = null,
        Size3? outputPadding = null, Size3? dilation = null, int groups = 1) =>
        Functional("ConvTranspose3d", [x, weight], bias, ("stride", stride ?? 1), ("padding", padding ?? 0), ("outputPadding", outputPadding ?? 0),
            ("dilation", dilation ?? 1), ("groups", groups));

    /// <summary>Normalises over the last axes of each sample, with a scale and a shift that are given.</summary>
    /// <param name="x">The input.</param>
    /// <param name="weight">The scale; none where null.</param>
    /// <param name="bias">The shift; none where null.</param>
    /// <param name="normalizedShape">The sizes of the last axes; the last axis alone where null.</param>
    /// <param name="eps">The number that is added to the variance inside the root.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor LayerNorm(Tensor x, Tensor? weight, Tensor? bias = null, int[]? normalizedShape = null, double eps = 1e-5) =>
        Functional("LayerNorm", [x, weight], bias, ("normalizedShape", normalizedShape), ("eps", eps));

    /// <summary>Divides by the root of the mean square over the last axes of each sample, with a scale that is given.</summary>
    /// <param name="x">The input.</param>
    /// <param name="weight">The scale; none where null.</param>
    /// <param name="normalizedShape">The sizes of the last axes; the last axis alone where null.</param>
    /// <param name="eps">The number that is added to the mean square inside the root.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor RmsNorm(Tensor x, Tensor? weight, int[]? normalizedShape = null, double eps = 1e-6) =>
        Functional("RmsNorm", [x, weight], null, ("normalizedShape", normalizedShape), ("eps", eps));

    /// <summary>Normalises over the channels of a group and all positions of each sample, with a scale and a shift that are given.</summary>
    /// <param name="x">The input f32[N,C,…].</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="weight">The scale f32[C]; none where null.</param>
    /// <param name="bias">The shift f32[C]; none where null.</param>
    /// <param name="eps">The number that is added to the variance inside the root.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor GroupNorm(Tensor x, int groups, Tensor? weight, Tensor? bias = null, double eps = 1e-5) =>
        Functional("GroupNorm", [x, weight], bias, ("groups", groups), ("eps", eps));

    /// <summary>Normalises over the positions of each channel of each sample, with a scale and a shift that are given.</summary>
    /// <param name="x">The input f32[N,C,L,…].</param>
    /// <param name="weight">The scale f32[C]; none where null.</param>
    /// <param name="bias">The shift f32[C]; none where null.</param>
    /// <param name="eps">The number that is added to the variance inside the root.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor InstanceNorm(Tensor x, Tensor? weight, Tensor? bias = null, double eps = 1e-5) =>
        Functional("InstanceNorm", [x, weight], bias, ("eps", eps));

    /// <summary>Computes x for x &gt; 0, otherwise weight · x, with a slope that is given.</summary>
    /// <param name="x">The input.</param>
    /// <param name="weight">The slope f32[1], or one for each channel f32[C].</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor PRelu(Tensor x, Tensor weight) =>
        Functional("PRelu", [x, weight], null);

    /// <summary>Returns rows of a table that is given.</summary>
    /// <param name="x">The rows to look up.</param>
    /// <param name="weight">The table f32[count,dimensions].</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor Embedding(Labels x, Tensor weight) =>
        Take(weight, x);

    private static Tensor Functional(string op, Tensor?[] operands, Tensor? bias, params (string Name, object? Value)[] arguments) =>
        Tensor.Record(op, null, [.. operands.Append(bias).OfType<Tensor>()], arguments);
}
