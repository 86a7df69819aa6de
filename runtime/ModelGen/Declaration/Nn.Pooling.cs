namespace ModelGen;

public static partial class Nn
{
    /// <summary>Returns the maximum of each window of f32[N,C,L]. The size rule is that of <see cref="Conv2d"/>; padding never wins.</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="ceilMode">Whether the size is rounded up: a last window that leaves the input counts,
    /// as long as it begins inside it or the border before it.</param>
    public static Tensor MaxPool1d(
        Tensor x, int kernel, int? stride = null, int padding = 0, int dilation = 1, bool ceilMode = false) =>
        Tensor.Record(
            "MaxPool1d", null, [x],
            ("kernel", kernel), ("stride", stride ?? kernel), ("padding", padding), ("dilation", dilation), ("ceilMode", ceilMode));

    /// <summary>Returns the mean of each window of f32[N,C,L]. The size rule is that of <see cref="Conv2d"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side; 0 unless given.</param>
    /// <param name="countIncludePad">Whether the padding counts in the divisor.</param>
    /// <param name="ceilMode">Whether the size is rounded up: a last window that leaves the input counts,
    /// as long as it begins inside it or the border before it.</param>
    /// <param name="divisorOverride">What sums are divided by, in place of the number of elements.</param>
    public static Tensor AvgPool1d(
        Tensor x, int kernel, int? stride = null, int padding = 0, bool countIncludePad = true, bool ceilMode = false, int? divisorOverride = null) =>
        Tensor.Record(
            "AvgPool1d", null, [x],
            ("kernel", kernel), ("stride", stride ?? kernel), ("padding", padding), ("countIncludePad", countIncludePad), ("ceilMode", ceilMode),
            ("divisorOverride", divisorOverride));

    /// <summary>Returns the mean over all positions: f32[N,C,L] → f32[N,C].</summary>
    public static Tensor GlobalAvgPool1d(Tensor x) => Tensor.Record("GlobalAvgPool1d", null, [x]);

    /// <summary>Returns the maximum of each window of f32[N,C,D,H,W]. The size rule is that of <see cref="Conv2d"/>; padding never wins.</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="ceilMode">Whether the size is rounded up: a last window that leaves the input counts,
    /// as long as it begins inside it or the border before it.</param>
    public static Tensor MaxPool3d(
        Tensor x, Size3 kernel, Size3? stride = null, Size3? padding = null, Size3? dilation = null, bool ceilMode = false) =>
        Tensor.Record(
            "MaxPool3d", null, [x],
            ("kernel", kernel), ("stride", stride ?? kernel), ("padding", padding ?? 0), ("dilation", dilation ?? 1), ("ceilMode", ceilMode));

    /// <summary>Returns the mean of each window of f32[N,C,D,H,W]. The size rule is that of <see cref="Conv2d"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side; 0 unless given.</param>
    /// <param name="countIncludePad">Whether the padding counts in the divisor.</param>
    /// <param name="ceilMode">Whether the size is rounded up: a last window that leaves the input counts,
    /// as long as it begins inside it or the border before it.</param>
    /// <param name="divisorOverride">What sums are divided by, in place of the number of elements.</param>
    public static Tensor AvgPool3d(
        Tensor x, Size3 kernel, Size3? stride = null, Size3? padding = null, bool countIncludePad = true, bool ceilMode = false, int? divisorOverride = null) =>
        Tensor.Record(
            "AvgPool3d", null, [x],
            ("kernel", kernel), ("stride", stride ?? kernel), ("padding", padding ?? 0), ("countIncludePad", countIncludePad), ("ceilMode", ceilMode),
            ("divisorOverride", divisorOverride));

    /// <summary>Returns the mean over all positions: f32[N,C,D,H,W] → f32[N,C].</summary>
    public static Tensor GlobalAvgPool3d(Tensor x) => Tensor.Record("GlobalAvgPool3d", null, [x]);

    /// <summary>Returns the maximum of bins that divide the input evenly: bin i covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉).</summary>
    /// <param name="x">The input.</param>
    /// <param name="outputSize">The size of the output.</param>
    public static Tensor AdaptiveMaxPool1d(Tensor x, int outputSize) => Tensor.Record("AdaptiveMaxPool1d", null, [x], ("outputSize", outputSize));

    /// <summary>Returns the mean of bins that divide the input evenly: bin i covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉).</summary>
    /// <param name="x">The input.</param>
    /// <param name="outputSize">The size of the output.</param>
    public static Tensor AdaptiveAvgPool1d(Tensor x, int outputSize) => Tensor.Record("AdaptiveAvgPool1d", null, [x], ("outputSize", outputSize));

    /// <summary>Returns the maximum of bins that divide the input evenly: bin i covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉).</summary>
    /// <param name="x">The input.</param>
    /// <param name="outputSize">The size of the output.</param>
    public static Tensor AdaptiveMaxPool2d(Tensor x, Size2 outputSize) => Tensor.Record("AdaptiveMaxPool2d", null, [x], ("outputSize", outputSize));

    /// <summary>Returns the mean of bins that divide the input evenly: bin i covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉).</summary>
    /// <param name="x">The input.</param>
    /// <param name="outputSize">The size of the output.</param>
    public static Tensor AdaptiveAvgPool2d(Tensor x, Size2 outputSize) => Tensor.Record("AdaptiveAvgPool2d", null, [x], ("outputSize", outputSize));

    /// <summary>Returns the maximum of bins that divide the input evenly: bin i covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉).</summary>
    /// <param name="x">The input.</param>
    /// <param name="outputSize">The size of the output.</param>
    public static Tensor AdaptiveMaxPool3d(Tensor x, Size3 outputSize) => Tensor.Record("AdaptiveMaxPool3d", null, [x], ("outputSize", outputSize));

    /// <summary>Returns the mean of bins that divide the input evenly: bin i covers [⌊i·L / out⌋, ⌈(i + 1)·L / out⌉).</summary>
    /// <param name="x">The input.</param>
    /// <param name="outputSize">The size of the output.</param>
    public static Tensor AdaptiveAvgPool3d(Tensor x, Size3 outputSize) => Tensor.Record("AdaptiveAvgPool3d", null, [x], ("outputSize", outputSize));

    /// <summary>Repeats the nearest pixel: f32[N,C,H,W] → f32[N,C,H',W'].</summary>
    /// <param name="x">The input.</param>
    /// <param name="scaleFactor">H' / H and W' / W.</param>
    /// <param name="size">H' and W', instead of a factor.</param>
    public static Tensor UpsampleNearest2d(Tensor x, int? scaleFactor = null, Size2? size = null) =>
        Tensor.Record("UpsampleNearest2d", null, [x], ("scaleFactor", scaleFactor), ("size", size));

    /// <summary>Interpolates linearly along both axes: f32[N,C,H,W] → f32[N,C,H',W'].</summary>
    /// <param name="x">The input.</param>
    /// <param name="scaleFactor">H' / H and W' / W.</param>
    /// <param name="size">H' and W', instead of a factor.</param>
    /// <param name="alignCorners">Whether the corner pixels of input and output fall together.</param>
    public static Tensor UpsampleBilinear2d(Tensor x, int? scaleFactor = null, Size2? size = null, bool alignCorners = false) =>
        Tensor.Record("UpsampleBilinear2d", null, [x], ("scaleFactor", scaleFactor), ("size", size), ("alignCorners", alignCorners));

    /// <summary>Rearranges channels into pixels: f32[N,C·r²,H,W] → f32[N,C,H·r,W·r].</summary>
    /// <param name="x">The input.</param>
    /// <param name="upscaleFactor">r.</param>
    public static Tensor PixelShuffle(Tensor x, int upscaleFactor) => Tensor.Record("PixelShuffle", null, [x], ("upscaleFactor", upscaleFactor));
}
