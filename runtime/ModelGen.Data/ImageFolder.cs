using SkiaSharp;

namespace ModelGen;

/// <summary>
/// Represents the images of a folder that has a folder for each class (<c>pets/cat/1.jpg</c>), decoded as they are needed: PNG, JPEG, WebP, GIF and BMP,
/// brought to one size, as f32[channels, height, width] from 0 to 1, with the class as the label.
/// </summary>
public sealed class ImageFolder : IDataSource
{
    private static readonly string[] s_endings = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"];
    private static readonly SKSamplingOptions s_sampling = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    private readonly (string Path, int Label)[] _files;

    private ImageFolder((string Path, int Label)[] files, IReadOnlyList<string> classNames, int width, int height, int channels) =>
        (_files, ClassNames, Width, Height, Channels) = (files, classNames, width, height, channels);

    /// <summary>Gets the names of the classes: those of the folders, in the order of their codes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Gets the width that images are brought to.</summary>
    public int Width { get; }

    /// <summary>Gets the height that images are brought to.</summary>
    public int Height { get; }

    /// <summary>Gets 3 for red, green and blue, 1 for grey.</summary>
    public int Channels { get; }

    /// <inheritdoc/>
    public int Count => _files.Length;

    /// <summary>Finds the images of a folder; none is decoded yet.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="width">The width that images are brought to, at least 1.</param>
    /// <param name="height">The height that images are brought to, at least 1.</param>
    /// <param name="channels">3 for red, green and blue, 1 for grey (0.299 R + 0.587 G + 0.114 B).</param>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    /// <exception cref="DataFormatException">It has no folder with an image.</exception>
    public static ImageFolder Load(string path, int width, int height, int channels = 3)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "There are 3 channels, or 1 of grey.");
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"There is no folder '{path}'.");
        string[] classes = [.. Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal)];
        var files = classes.SelectMany((folder, label) => Directory.EnumerateFiles(folder)
            .Where(file => s_endings.Contains(Path.GetExtension(file).ToLowerInvariant()))
            .Order(StringComparer.Ordinal).Select(file => (file, label))).ToArray();
        return files.Length > 0
            ? new ImageFolder(files, [.. classes.Select(folder => Path.GetFileName(folder))], width, height, channels)
            : throw new DataFormatException(path, -1, $"there is no image; expected a folder for each class, with files {string.Join(", ", s_endings)}.");
    }

    /// <summary>Splits the images at random into two sets with the same shares of each class.</summary>
    /// <param name="fraction">The part that goes into the first set, in (0, 1).</param>
    /// <param name="seed">Decides which.</param>
    public (ImageFolder First, ImageFolder Second) Split(double fraction, ulong seed = 0)
    {
        var labels = new Dataset(new LabelColumn("label", [.. _files.Select(file => file.Label)]));
        var (first, second) = labels.SplitStratified(fraction, seed);
        return (Part(first), Part(second));

        ImageFolder Part(Dataset part) =>
            new([.. Enumerable.Range(0, part.Count).Select(i => _files[part.RowOf(i)])], ClassNames, Width, Height, Channels);
    }

    /// <summary>Returns the file of an image.</summary>
    /// <param name="sample">The sample.</param>
    public string FileOf(int sample) => _files[sample].Path;

    /// <summary>Returns the class of an image.</summary>
    /// <param name="sample">The sample.</param>
    public int LabelOf(int sample) => _files[sample].Label;

    /// <inheritdoc/>
    public void ThrowIfUnfit(ModelInfo info, bool inputsOnly = false)
    {
        ArgumentNullException.ThrowIfNull(info);
        int[] shape = [Channels, Height, Width];
        if (info.Inputs.Count == 0 || info.Inputs[0].IsLabels || !info.Inputs[0].Shape.SequenceEqual(shape))
        {
            throw new ArgumentException(
                $"{info.Name} expects {string.Join(", ", info.Inputs)}; the folder has images f32[N,{string.Join(",", shape)}] and labels.", nameof(info));
        }

        if (inputsOnly)
            return;
        if (info.Inputs.Count != 2 || !info.Inputs[1].IsLabels || info.Inputs[1].Length != 1 || info.Inputs[1].Classes < ClassNames.Count)
        {
            throw new ArgumentException(
                $"{info.Name} reads {string.Join(", ", info.Inputs)}; the folder has images and labels of {ClassNames.Count} classes.", nameof(info));
        }
    }

    /// <summary>Decodes an image into a row of a batch.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The row.</param>
    /// <param name="context">What it is read for.</param>
    /// <exception cref="DataFormatException">The file cannot be decoded.</exception>
    public void Read(int sample, Batch batch, int row, SampleContext context)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var length = Channels * Height * Width;
        Decode(_files[sample].Path, batch.Floats(0).Slice(row * length, length));
        if (!context.InputsOnly)
            batch.Ints(1)[row] = _files[sample].Label;
    }

    private void Decode(string path, Span<float> target)
    {
        using var decoded = SKBitmap.Decode(path) ?? throw new DataFormatException(path, -1, "the file cannot be decoded as PNG, JPEG, WebP, GIF or BMP.");
        using var image = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        if (!decoded.ScalePixels(image, s_sampling))
            throw new DataFormatException(path, -1, FormattableString.Invariant($"the image cannot be brought to {Width}×{Height} pixels."));
        var pixels = image.GetPixelSpan();
        var plane = Height * Width;
        for (var y = 0; y < Height; y++)
        {
            var line = pixels.Slice(y * image.RowBytes, 4 * Width);
            for (var x = 0; x < Width; x++)
            {
                var (red, green, blue) = (line[4 * x] / 255f, line[4 * x + 1] / 255f, line[4 * x + 2] / 255f);
                var place = y * Width + x;
                if (Channels == 1)
                {
                    target[place] = 0.299f * red + 0.587f * green + 0.114f * blue;
                    continue;
                }

                (target[place], target[plane + place], target[2 * plane + place]) = (red, green, blue);
            }
        }
    }
}
