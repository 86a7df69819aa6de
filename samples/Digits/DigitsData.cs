using Digits.Painting;
using Samples;

namespace Digits;

/// <summary>The pictures of a run, each with mean 0 and variance 1 as measured on the training part alone.</summary>
/// <param name="Train">What is learned from.</param>
/// <param name="Validation">A tenth of the training set, held back for the learning curve.</param>
/// <param name="Test">What is kept for the end.</param>
internal sealed record DigitsData(Dataset Train, Dataset Validation, Dataset Test)
{
    const int DrawnTraining = 8_000, DrawnTest = 2_000;
    const double TrainingPart = 0.9;

    /// <summary>Reads the folder that the options name, or draws the digits.</summary>
    /// <exception cref="UsageException">The folder has too few pictures.</exception>
    /// <exception cref="IOException">A file is not there or is damaged.</exception>
    public static DigitsData Load(DigitsOptions options)
    {
        var (all, test) = options.Data is { } folder ? Idx.LoadFolder(folder) : Draw(options);
        if (all.Count < 2)
            throw new UsageException($"--data {options.Data}: expected at least 2 training pictures, found {all.Count}");
        var (train, validation) = all.Split(TrainingPart, options.Seed);
        var (mean, deviation) = Brightness(train);
        return new DigitsData(
            Standardized(train, mean, deviation), Standardized(validation, mean, deviation), Standardized(test, mean, deviation));
    }

    /// <summary>Checks that a network can take the pictures and labels.</summary>
    /// <exception cref="UsageException">It cannot; the message names both shapes or the label.</exception>
    public void CheckFits(ModelInfo network, DigitsOptions options)
    {
        try
        {
            foreach (Dataset part in (Dataset[])[Train, Validation, Test])
                part.ThrowIfUnfit(network);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--data {options.Data}: {e.Message}");
        }
    }

    static (Dataset Train, Dataset Test) Draw(DigitsOptions options)
    {
        // One stream of pictures, cut in two: no test picture is in the training set.
        DrawnDigits digits = DrawnDigits.Draw(DrawnTraining + DrawnTest, options.Seed, options.Threads);
        var all = new Dataset(
            new ByteColumn("image", digits.Pictures, [1, DigitPainter.Size, DigitPainter.Size]),
            new LabelColumn("label", digits.Labels));
        return (all.Take(DrawnTraining), all.Skip(DrawnTraining));
    }

    /// <summary>Mean and standard deviation of the pixels, where 1 is full ink.</summary>
    static (float Mean, float Deviation) Brightness(Dataset data)
    {
        var pictures = (ByteColumn)data.Columns[0];
        long sum = 0, squares = 0;
        for (int i = 0; i < data.Count; i++)
            foreach (byte pixel in pictures.Row(data.RowOf(i)))
            {
                sum += pixel;
                squares += pixel * pixel;
            }
        double count = (double)data.Count * pictures.Length, mean = sum / count;
        double deviation = Math.Sqrt(squares / count - mean * mean);
        // Pictures of one single grey have no deviation; one grey level keeps them finite.
        return ((float)(mean / 255), (float)(Math.Max(deviation, 1) / 255));
    }

    static Dataset Standardized(Dataset data, float mean, float deviation)
    {
        var pictures = (ByteColumn)data.Columns[0];
        var labels = (LabelColumn)data.Columns[1];
        var pixels = new byte[data.Count * pictures.Length];
        var digits = new int[data.Count];
        for (int i = 0; i < data.Count; i++)
        {
            pictures.Row(data.RowOf(i)).CopyTo(pixels.AsSpan(i * pictures.Length));
            digits[i] = labels.Row(data.RowOf(i))[0];
        }
        return new Dataset(
            new ByteColumn(pictures.Name, pixels, [.. pictures.Shape], mean, deviation), new LabelColumn(labels.Name, digits));
    }
}
