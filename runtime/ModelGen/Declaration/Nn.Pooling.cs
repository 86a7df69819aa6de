// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

public static partial class Nn
{
    /// <summary>Returns the maximum of each window of f32[N,C,L]. The size rule is that of <see cref="Conv1d"/>; padding never wins.</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side.</param>
    /// <param name="dilation">The distance between the elements of the window.</param>
    /// <param name="ceilMode">
    /// Whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[n,c,s] = max_k x[n,c,s·stride - padding + k·dilation]</c>. Shapes: [N, C, L…] → [N, C, ⌊(L + 2·padding - dilation·(kernel - 1) - 1) /
    /// stride⌋ + 1, …]. Source: max pooling. Padding is at most half the kernel. Each window holds an element of the input. With ceilMode the size is rounded
    /// up, as long as the last window begins inside the input or the padding before it. Padding never wins, not against -∞ either; at a tie the first element
    /// of the window (row-major) takes the cotangent.
    /// </remarks>
    public static Tensor MaxPool1d(Tensor x, int kernel, int? stride = null, int padding = 0, int dilation = 1, bool ceilMode = false) =>
        Tensor.Record("MaxPool1d", null, [x], ("kernel", kernel), ("stride", stride ?? kernel), ("padding", padding), ("dilation", dilation),
            ("ceilMode", ceilMode));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="MaxPool1d(Tensor, int, int?, int, int, bool)"/>.</summary>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side.</param>
    /// <param name="dilation">The distance between the elements of the window.</param>
    /// <param name="ceilMode">
    /// Whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it.
    /// </param>
    public static Layer MaxPool1d(int kernel, int? stride = null, int padding = 0, int dilation = 1, bool ceilMode = false) =>
        x => MaxPool1d(x, kernel, stride, padding, dilation, ceilMode);

    /// <summary>Returns the maximum of each window of f32[N,C,H,W]. The size rule is that of <see cref="Conv2d"/>; padding never wins.</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">The height and width of the window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="ceilMode">
    /// Whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[n,c,s] = max_k x[n,c,s·stride - padding + k·dilation]</c>. Shapes: [N, C, L…] → [N, C, ⌊(L + 2·padding - dilation·(kernel - 1) - 1) /
    /// stride⌋ + 1, …]. Source: max pooling. Padding is at most half the kernel. Each window holds an element of the input. With ceilMode the size is rounded
    /// up, as long as the last window begins inside the input or the padding before it. Padding never wins, not against -∞ either; at a tie the first element
    /// of the window (row-major) takes the cotangent.
    /// </remarks>
    public static Tensor MaxPool2d(Tensor x, Size2 kernel, Size2? stride = null, Size2? padding = null, Size2? dilation = null, bool ceilMode = false) =>
        Tensor.Record("MaxPool2d", null, [x], ("kernel", kernel), ("stride", stride ?? kernel), ("padding", padding ?? 0), ("dilation", dilation ?? 1),
            ("ceilMode", ceilMode));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="MaxPool2d(Tensor, Size2, Size2?, Size2?, Size2?, bool)"/>.</summary>
    /// <param name="kernel">The height and width of the window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="ceilMode">
    /// Whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it.
    /// </param>
    public static Layer MaxPool2d(Size2 kernel, Size2? stride = null, Size2? padding = null, Size2? dilation = null, bool ceilMode = false) =>
        x => MaxPool2d(x, kernel, stride, padding, dilation, ceilMode);

    /// <summary>Returns the maximum of each window of f32[N,C,D,H,W]. The size rule is that of <see cref="Conv3d"/>; padding never wins.</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">The depth, height and width of the window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="ceilMode">
    /// Whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[n,c,s] = max_k x[n,c,s·stride - padding + k·dilation]</c>. Shapes: [N, C, L…] → [N, C, ⌊(L + 2·padding - dilation·(kernel - 1) - 1) /
    /// stride⌋ + 1, …]. Source: max pooling. Padding is at most half the kernel. Each window holds an element of the input. With ceilMode the size is rounded
    /// up, as long as the last window begins inside the input or the padding before it. Padding never wins, not against -∞ either; at a tie the first element
    /// of the window (row-major) takes the cotangent.
    /// </remarks>
    public static Tensor MaxPool3d(Tensor x, Size3 kernel, Size3? stride = null, Size3? padding = null, Size3? dilation = null, bool ceilMode = false) =>
        Tensor.Record("MaxPool3d", null, [x], ("kernel", kernel), ("stride", stride ?? kernel), ("padding", padding ?? 0), ("dilation", dilation ?? 1),
            ("ceilMode", ceilMode));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="MaxPool3d(Tensor, Size3, Size3?, Size3?, Size3?, bool)"/>.</summary>
    /// <param name="kernel">The depth, height and width of the window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="ceilMode">
    /// Whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it.
    /// </param>
    public static Layer MaxPool3d(Size3 kernel, Size3? stride = null, Size3? padding = null, Size3? dilation = null, bool ceilMode = false) =>
        x => MaxPool3d(x, kernel, stride, padding, dilation, ceilMode);

    /// <summary>Returns the mean of each window of f32[N,C,L]. The size rule is that of <see cref="Conv1d"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side.</param>
    /// <param name="countIncludePad">Whether the padding counts in the divisor.</param>
    /// <param name="ceilMode">
    /// Whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it.
    /// </param>
    /// <param name="divisorOverride">The number that sums are divided by, in place of the number of elements.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[n,c,s] = Σ_k x[n,c,s·stride - padding + k] / count</c>. Shapes: [N, C, L…] → [N, C, ⌊(L + 2·padding - dilation·(kernel - 1) - 1) / stride⌋
    /// + 1, …]. Source: average pooling. Padding is at most half the kernel. Each window holds an element of the input. With ceilMode the size is rounded up,
    /// as long as the last window begins inside the input or the padding before it. The count is that of the window's elements inside the padded input, or
    /// without countIncludePad inside the input; divisorOverride takes its place.
    /// </remarks>
    public static Tensor AvgPool1d(Tensor x, int kernel, int? stride = null, int padding = 0, bool countIncludePad = true, bool ceilMode = false,
        int? divisorOverride = null) =>
        Tensor.Record("AvgPool1d", null, [x], ("kernel", kernel), ("stride", stride ?? kernel), ("padding", padding), ("countIncludePad", countIncludePad),
            ("ceilMode", ceilMode), ("divisorOverride", divisorOverride));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="AvgPool1d(Tensor, int, int?, int, bool, bool, int?)"/>.</summary>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side.</param>
    /// <param name="countIncludePad">Whether the padding counts in the divisor.</param>
    /// <param name="ceilMode">
    /// Whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it.
    /// </param>
    /// <param name="divisorOverride">The number that sums are divided by, in place of the number of elements.</param>
    public static Layer AvgPool1d(int kernel, int? stride = null, int padding = 0, bool countIncludePad = true, bool ceilMode = false,
        int? divisorOverride = null) =>
        x => AvgPool1d(x, kernel, stride, padding, countIncludePad, ceilMode, divisorOverride);

    /// <summary>Returns the mean of each window of f32[N,C,H,W]. The size rule is that of <see cref="Conv2d"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">The height and width of the window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side; 0 unless given.</param>
    /// <param name="countIncludePad">Whether the padding counts in the divisor.</param>
    /// <param name="ceilMode">
    /// Whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it.
    /// </param>
    /// <param name="divisorOverride">The number that sums are divided by, in place of the number of elements.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[n,c,s] = Σ_k x[n,c,s·stride - padding + k] / count</c>. Shapes: [N, C, L…] → [N, C, ⌊(L + 2·padding - dilation·(kernel - 1) - 1) / stride⌋
    /// + 1, …]. Source: average pooling. Padding is at most half the kernel. Each window holds an element of the input. With ceilMode the size is rounded up,
    /// as long as the last window begins inside the input or the padding before it. The count is that of the window's elements inside the padded input, or
    /// without countIncludePad inside the input; divisorOverride takes its place.
    /// </remarks>
    public static Tensor AvgPool2d(Tensor x, Size2 kernel, Size2? stride = null, Size2? padding = null, bool countIncludePad = true, bool ceilMode = false,
        int? divisorOverride = null) =>
        Tensor.Record("AvgPool2d", null, [x], ("kernel", kernel), ("stride", stride ?? kernel), ("padding", padding ?? 0), ("countIncludePad", countIncludePad),
            ("ceilMode", ceilMode), ("divisorOverride", divisorOverride));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="AvgPool2d(Tensor, Size2, Size2?, Size2?, bool, bool, int?)"/>.</summary>
    /// <param name="kernel">The height and width of the window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side; 0 unless given.</param>
    /// <param name="countIncludePad">Whether the padding counts in the divisor.</param>
    /// <param name="ceilMode">
    /// Whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it.
    /// </param>
    /// <param name="divisorOverride">The number that sums are divided by, in place of the number of elements.</param>
    public static Layer AvgPool2d(Size2 kernel, Size2? stride = null, Size2? padding = null, bool countIncludePad = true, bool ceilMode = false,
        int? divisorOverride = null) =>
        x => AvgPool2d(x, kernel, stride, padding, countIncludePad, ceilMode, divisorOverride);

    /// <summary>Returns the mean of each window of f32[N,C,D,H,W]. The size rule is that of <see cref="Conv3d"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">The depth, height and width of the window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side; 0 unless given.</param>
    /// <param name="countIncludePad">Whether the padding counts in the divisor.</param>
    /// <param name="ceilMode">
    /// Whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it.
    /// </param>
    /// <param name="divisorOverride">The number that sums are divided by, in place of the number of elements.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[n,c,s] = Σ_k x[n,c,s·stride - padding + k] / count</c>. Shapes: [N, C, L…] → [N, C, ⌊(L + 2·padding - dilation·(kernel - 1) - 1) / stride⌋
    /// + 1, …]. Source: average pooling. Padding is at most half the kernel. Each window holds an element of the input. With ceilMode the size is rounded up,
    /// as long as the last window begins inside the input or the padding before it. The count is that of the window's elements inside the padded input, or
    /// without countIncludePad inside the input; divisorOverride takes its place.
    /// </remarks>
    public static Tensor AvgPool3d(Tensor x, Size3 kernel, Size3? stride = null, Size3? padding = null, bool countIncludePad = true, bool ceilMode = false,
        int? divisorOverride = null) =>
        Tensor.Record("AvgPool3d", null, [x], ("kernel", kernel), ("stride", stride ?? kernel), ("padding", padding ?? 0), ("countIncludePad", countIncludePad),
            ("ceilMode", ceilMode), ("divisorOverride", divisorOverride));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="AvgPool3d(Tensor, Size3, Size3?, Size3?, bool, bool, int?)"/>.</summary>
    /// <param name="kernel">The depth, height and width of the window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side; 0 unless given.</param>
    /// <param name="countIncludePad">Whether the padding counts in the divisor.</param>
    /// <param name="ceilMode">
    /// Whether the size is rounded up: a last window that leaves the input counts, as long as it begins inside it or the border before it.
    /// </param>
    /// <param name="divisorOverride">The number that sums are divided by, in place of the number of elements.</param>
    public static Layer AvgPool3d(Size3 kernel, Size3? stride = null, Size3? padding = null, bool countIncludePad = true, bool ceilMode = false,
        int? divisorOverride = null) =>
        x => AvgPool3d(x, kernel, stride, padding, countIncludePad, ceilMode, divisorOverride);

    /// <summary>Returns the mean over all positions: f32[N,C,L] → f32[N,C].</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>y[n,c] = mean_s x[n,c,s]</c>. Shapes: [N, C, L…] → [N, C]. Source: Lin, Chen and Yan 2013, section 3.2.</remarks>
    public static Tensor GlobalAvgPool1d(Tensor x) => Tensor.Record("GlobalAvgPool1d", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="GlobalAvgPool1d(Tensor)"/>.</summary>
    public static Layer GlobalAvgPool1d() => x => GlobalAvgPool1d(x);

    /// <summary>Returns the mean over all positions: f32[N,C,H,W] → f32[N,C].</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>y[n,c] = mean_s x[n,c,s]</c>. Shapes: [N, C, L…] → [N, C]. Source: Lin, Chen and Yan 2013, section 3.2.</remarks>
    public static Tensor GlobalAvgPool2d(Tensor x) => Tensor.Record("GlobalAvgPool2d", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="GlobalAvgPool2d(Tensor)"/>.</summary>
    public static Layer GlobalAvgPool2d() => x => GlobalAvgPool2d(x);

    /// <summary>Returns the mean over all positions: f32[N,C,D,H,W] → f32[N,C].</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>y[n,c] = mean_s x[n,c,s]</c>. Shapes: [N, C, L…] → [N, C]. Source: Lin, Chen and Yan 2013, section 3.2.</remarks>
    public static Tensor GlobalAvgPool3d(Tensor x) => Tensor.Record("GlobalAvgPool3d", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="GlobalAvgPool3d(Tensor)"/>.</summary>
    public static Layer GlobalAvgPool3d() => x => GlobalAvgPool3d(x);

    /// <summary>Returns the maximum of bins that divide the input evenly: bin i covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉).</summary>
    /// <param name="x">The input.</param>
    /// <param name="outputSize">The size of the output.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>max over bin i, which covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉)</c>. Shapes: [N, C, L…] → [N, C, outputSize…]. Source: PyTorch's adaptive
    /// pooling. At a tie the first element of the bin (row-major) takes the cotangent.
    /// </remarks>
    public static Tensor AdaptiveMaxPool1d(Tensor x, int outputSize) => Tensor.Record("AdaptiveMaxPool1d", null, [x], ("outputSize", outputSize));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="AdaptiveMaxPool1d(Tensor, int)"/>.</summary>
    /// <param name="outputSize">The size of the output.</param>
    public static Layer AdaptiveMaxPool1d(int outputSize) => x => AdaptiveMaxPool1d(x, outputSize);

    /// <summary>Returns the maximum of bins that divide the input evenly: bin i covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉).</summary>
    /// <param name="x">The input.</param>
    /// <param name="outputSize">The size of the output.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>max over bin i, which covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉)</c>. Shapes: [N, C, L…] → [N, C, outputSize…]. Source: PyTorch's adaptive
    /// pooling. At a tie the first element of the bin (row-major) takes the cotangent.
    /// </remarks>
    public static Tensor AdaptiveMaxPool2d(Tensor x, Size2 outputSize) => Tensor.Record("AdaptiveMaxPool2d", null, [x], ("outputSize", outputSize));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="AdaptiveMaxPool2d(Tensor, Size2)"/>.</summary>
    /// <param name="outputSize">The size of the output.</param>
    public static Layer AdaptiveMaxPool2d(Size2 outputSize) => x => AdaptiveMaxPool2d(x, outputSize);

    /// <summary>Returns the maximum of bins that divide the input evenly: bin i covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉).</summary>
    /// <param name="x">The input.</param>
    /// <param name="outputSize">The size of the output.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>max over bin i, which covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉)</c>. Shapes: [N, C, L…] → [N, C, outputSize…]. Source: PyTorch's adaptive
    /// pooling. At a tie the first element of the bin (row-major) takes the cotangent.
    /// </remarks>
    public static Tensor AdaptiveMaxPool3d(Tensor x, Size3 outputSize) => Tensor.Record("AdaptiveMaxPool3d", null, [x], ("outputSize", outputSize));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="AdaptiveMaxPool3d(Tensor, Size3)"/>.</summary>
    /// <param name="outputSize">The size of the output.</param>
    public static Layer AdaptiveMaxPool3d(Size3 outputSize) => x => AdaptiveMaxPool3d(x, outputSize);

    /// <summary>Returns the mean of bins that divide the input evenly: bin i covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉).</summary>
    /// <param name="x">The input.</param>
    /// <param name="outputSize">The size of the output.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean over bin i, which covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉)</c>. Shapes: [N, C, L…] → [N, C, outputSize…]. Source: PyTorch's adaptive
    /// pooling.
    /// </remarks>
    public static Tensor AdaptiveAvgPool1d(Tensor x, int outputSize) => Tensor.Record("AdaptiveAvgPool1d", null, [x], ("outputSize", outputSize));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="AdaptiveAvgPool1d(Tensor, int)"/>.</summary>
    /// <param name="outputSize">The size of the output.</param>
    public static Layer AdaptiveAvgPool1d(int outputSize) => x => AdaptiveAvgPool1d(x, outputSize);

    /// <summary>Returns the mean of bins that divide the input evenly: bin i covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉).</summary>
    /// <param name="x">The input.</param>
    /// <param name="outputSize">The size of the output.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean over bin i, which covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉)</c>. Shapes: [N, C, L…] → [N, C, outputSize…]. Source: PyTorch's adaptive
    /// pooling.
    /// </remarks>
    public static Tensor AdaptiveAvgPool2d(Tensor x, Size2 outputSize) => Tensor.Record("AdaptiveAvgPool2d", null, [x], ("outputSize", outputSize));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="AdaptiveAvgPool2d(Tensor, Size2)"/>.</summary>
    /// <param name="outputSize">The size of the output.</param>
    public static Layer AdaptiveAvgPool2d(Size2 outputSize) => x => AdaptiveAvgPool2d(x, outputSize);

    /// <summary>Returns the mean of bins that divide the input evenly: bin i covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉).</summary>
    /// <param name="x">The input.</param>
    /// <param name="outputSize">The size of the output.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean over bin i, which covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉)</c>. Shapes: [N, C, L…] → [N, C, outputSize…]. Source: PyTorch's adaptive
    /// pooling.
    /// </remarks>
    public static Tensor AdaptiveAvgPool3d(Tensor x, Size3 outputSize) => Tensor.Record("AdaptiveAvgPool3d", null, [x], ("outputSize", outputSize));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="AdaptiveAvgPool3d(Tensor, Size3)"/>.</summary>
    /// <param name="outputSize">The size of the output.</param>
    public static Layer AdaptiveAvgPool3d(Size3 outputSize) => x => AdaptiveAvgPool3d(x, outputSize);

    /// <summary>Filters each channel with a kernel that is written in the source (see <see cref="Kernels"/>); it is no parameter and is not trained.</summary>
    /// <param name="x">The input.</param>
    /// <param name="weights">The weights row by row, one for each element of the kernel.</param>
    /// <param name="kernel">The sizes of the kernel; square where null.</param>
    /// <param name="stride">The step of the window; 1 unless given.</param>
    /// <param name="padding">The zeros on each side; 0 unless given.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[n,c,s] = Σ_k x[n,c,s·stride - padding + k] · weights[k], each channel by itself</c>. Shapes: [N, C, H, W] → [N, C, H', W']. Source: image
    /// filters. The kernel is written in the source and is no parameter: nothing trains it. One weight for each element of the kernel. The kernel fits the
    /// padded input.
    /// </remarks>
    public static Tensor FixedConv2d(Tensor x, double[] weights, Size2? kernel = null, Size2? stride = null, Size2? padding = null) =>
        Tensor.Record("FixedConv2d", null, [x], ("weights", weights), ("kernel", kernel), ("stride", stride ?? 1), ("padding", padding ?? 0));

    /// <summary>Repeats the nearest pixel: f32[N,C,H,W] → f32[N,C,H',W'].</summary>
    /// <param name="x">The input.</param>
    /// <param name="scaleFactor">H' / H and W' / W.</param>
    /// <param name="size">H' and W', instead of a factor.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[n,c,i,j] = x[n,c,⌊i·H / H'⌋,⌊j·W / W'⌋]</c>. Shapes: [N, C, H, W] → [N, C, H', W']. Source: nearest neighbour. H' = H·scaleFactor, or
    /// size.
    /// </remarks>
    public static Tensor UpsampleNearest2d(Tensor x, int? scaleFactor = null, Size2? size = null) =>
        Tensor.Record("UpsampleNearest2d", null, [x], ("scaleFactor", scaleFactor), ("size", size));

    /// <summary>Interpolates linearly along both axes: f32[N,C,H,W] → f32[N,C,H',W'].</summary>
    /// <param name="x">The input.</param>
    /// <param name="scaleFactor">H' / H and W' / W.</param>
    /// <param name="size">H' and W', instead of a factor.</param>
    /// <param name="alignCorners">Whether the corner pixels of input and output fall together.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>linear interpolation along both axes at the source position of each output</c>. Shapes: [N, C, H, W] → [N, C, H', W']. Source: bilinear
    /// interpolation. Source of i: (i + 1/2)·H / H' - 1/2, cut to [0, H - 1]; with alignCorners i·(H - 1) / (H' - 1).
    /// </remarks>
    public static Tensor UpsampleBilinear2d(Tensor x, int? scaleFactor = null, Size2? size = null, bool alignCorners = false) =>
        Tensor.Record("UpsampleBilinear2d", null, [x], ("scaleFactor", scaleFactor), ("size", size), ("alignCorners", alignCorners));

    /// <summary>Rearranges channels into pixels: f32[N,C·r²,H,W] → f32[N,C,H·r,W·r].</summary>
    /// <param name="x">The input.</param>
    /// <param name="upscaleFactor">r, the factor of the height and the width.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[n,c,h·r+i,w·r+j] = x[n,c·r²+i·r+j,h,w]</c>. Shapes: [N, C·r², H, W] → [N, C, H·r, W·r]. Source: Shi et al. 2016, eq. 4. r² divides the
    /// channels.
    /// </remarks>
    public static Tensor PixelShuffle(Tensor x, int upscaleFactor) => Tensor.Record("PixelShuffle", null, [x], ("upscaleFactor", upscaleFactor));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="PixelShuffle(Tensor, int)"/>.</summary>
    /// <param name="upscaleFactor">r, the factor of the height and the width.</param>
    public static Layer PixelShuffle(int upscaleFactor) => x => PixelShuffle(x, upscaleFactor);

    /// <summary>Rearranges pixels into channels: f32[N,C,H·r,W·r] → f32[N,C·r²,H,W].</summary>
    /// <param name="x">The input.</param>
    /// <param name="downscaleFactor">r, the divisor of the height and the width.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[n,c·r²+i·r+j,h,w] = x[n,c,h·r+i,w·r+j]</c>. Shapes: [N, C, H·r, W·r] → [N, C·r², H, W]. Source: the inverse of PixelShuffle. r divides
    /// height and width.
    /// </remarks>
    public static Tensor PixelUnshuffle(Tensor x, int downscaleFactor) => Tensor.Record("PixelUnshuffle", null, [x], ("downscaleFactor", downscaleFactor));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="PixelUnshuffle(Tensor, int)"/>.</summary>
    /// <param name="downscaleFactor">r, the divisor of the height and the width.</param>
    public static Layer PixelUnshuffle(int downscaleFactor) => x => PixelUnshuffle(x, downscaleFactor);

    /// <summary>Deals the channels of each group out to all groups: f32[N,g·C,…] seen as [N,g,C,…] becomes [N,C,g,…].</summary>
    /// <param name="x">The input.</param>
    /// <param name="groups">The number of groups.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[n,k·groups + g,…] = x[n,g·(C / groups) + k,…]</c>. Shapes: [N, C, …] → same. Source: Zhang et al. 2018 (ShuffleNet). groups divides the
    /// channels.
    /// </remarks>
    public static Tensor ChannelShuffle(Tensor x, int groups) => Tensor.Record("ChannelShuffle", null, [x], ("groups", groups));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="ChannelShuffle(Tensor, int)"/>.</summary>
    /// <param name="groups">The number of groups.</param>
    public static Layer ChannelShuffle(int groups) => x => ChannelShuffle(x, groups);
}
