using System.Globalization;
using Digits.Painting;

namespace Digits;

/// <summary>The pictures of a run: what is learned from, what the learning curve is measured on, and what is kept for the end.</summary>
/// <param name="Description">Where they come from, in a few words.</param>
internal sealed record DigitsData(string Description, Dataset Train, Dataset Validation, Dataset Test)
{
    const int DrawnTraining = 8_000, DrawnTest = 2_000;

    /// <summary>The part of the training set that the learning curve is measured on.</summary>
    const float ValidationPart = 0.1f;

    /// <summary>Reads the folder of the options, or draws the digits.</summary>
    public static DigitsData Load(DigitsOptions options)
    {
        var (all, test, description) = options.Data is { } folder ? Read(folder) : Draw(options);
        var (train, validation) = all.Split(1 - ValidationPart, options.Seed);
        return new DigitsData(description, train, validation, test);
    }

    static (Dataset Train, Dataset Test, string Description) Read(string folder)
    {
        var (train, test) = Idx.LoadFolder(folder);
        return (train, test, folder);
    }

    static (Dataset Train, Dataset Test, string Description) Draw(DigitsOptions options)
    {
        // One stream of pictures, cut in two: no test picture is in the training set.
        DrawnDigits digits = DrawnDigits.Draw(DrawnTraining + DrawnTest, options.Seed, options.Threads);
        throw new InvalidOperationException(CultureInfo.InvariantCulture.Name + digits);
    }
}
