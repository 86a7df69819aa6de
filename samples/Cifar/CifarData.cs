using Samples;

namespace CifarSample;

/// <summary>Images in colour, with mean 0 and variance 1 as measured on the training part alone.</summary>
/// <param name="Train">What is learned from.</param>
/// <param name="Test">What is kept for the end.</param>
/// <param name="Names">What the labels stand for.</param>
internal sealed record CifarData(Dataset Train, Dataset Test, IReadOnlyList<string> Names)
{
    const int DrawnTraining = 4_000, DrawnTest = 1_000;

    /// <summary>Reads the folder, or draws images.</summary>
    /// <param name="folder">The folder, or null.</param>
    /// <param name="limit">The most training images.</param>
    /// <param name="seed">Decides the drawn images.</param>
    /// <exception cref="IOException">A file is not there or is damaged.</exception>
    public static CifarData Load(string? folder, int limit, uint seed)
    {
        if (folder is not null && File.Exists(folder))
            throw new UsageException($"--data {folder}: expected a folder, found a file");
        var (train, test) = folder is not null ? Cifar.LoadFolder(folder) : Draw(seed);
        train = train.Take(limit);
        var (mean, deviation) = Brightness(train);
        return new CifarData(Standardized(train, mean, deviation), Standardized(test, mean, deviation), folder is null ? DrawnImages.Names : Cifar.Names);
    }

    // One stream of images, cut in two: no test image is in the training set.
    static (Dataset Train, Dataset Test) Draw(uint seed)
    {
        Dataset all = DrawnImages.Draw(DrawnTraining + DrawnTest, seed);
        return (all.Take(DrawnTraining), all.Skip(DrawnTraining));
    }

    static (float Mean, float Deviation) Brightness(Dataset data)
    {
        var images = (ByteColumn)data.Columns[0];
        long sum = 0, squares = 0;
        for (int i = 0; i < data.Count; i++)
            foreach (byte value in images.Row(data.RowOf(i)))
            {
                sum += value;
                squares += value * value;
            }
        double count = (double)data.Count * images.Length, mean = sum / count;
        return ((float)(mean / 255), (float)(Math.Max(Math.Sqrt(squares / count - mean * mean), 1) / 255));
    }

    static Dataset Standardized(Dataset data, float mean, float deviation)
    {
        var images = (ByteColumn)data.Columns[0];
        var labels = (LabelColumn)data.Columns[1];
        byte[] pixels = new byte[data.Count * images.Length];
        int[] classes = new int[data.Count];
        for (int i = 0; i < data.Count; i++)
        {
            images.Row(data.RowOf(i)).CopyTo(pixels.AsSpan(i * images.Length));
            classes[i] = labels.Row(data.RowOf(i))[0];
        }
        return new Dataset(new ByteColumn(images.Name, pixels, [.. images.Shape], mean, deviation), new LabelColumn(labels.Name, classes));
    }
}
