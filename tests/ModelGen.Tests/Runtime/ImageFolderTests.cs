namespace ModelGen.Tests.Runtime;

public sealed class ImageFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public ImageFolderTests()
    {
        // Red, green and blue images, of three sizes.
        foreach (var (name, color) in new[] { ("red", 0), ("green", 1), ("blue", 2) })
        {
            Directory.CreateDirectory(Path.Combine(_folder, name));
            for (var i = 1; i <= 4; i++)
            {
                var pixels = new float[3 * 8 * 4 * i];
                pixels.AsSpan(color * 8 * 4 * i, 8 * 4 * i).Fill(1);
                File.WriteAllBytes(Path.Combine(_folder, name, $"{i}.png"), PngWriter.Write(pixels, 3, 8, 4 * i));
            }
        }

        File.WriteAllText(Path.Combine(_folder, "red", "notes.txt"), "no image");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_BringsImagesToOneSize()
    {
        var images = ImageFolder.Load(_folder, 6, 5);
        Assert.Equal((12, "blue,green,red"), (images.Count, string.Join(",", images.ClassNames)));
        using var loader = new BatchLoader(images, Info(3), 12, shuffle: false, workers: 2);
        loader.Start(0);
        Assert.True(loader.TryNext(out var batch));
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(images.LabelOf(i), batch.Ints(1)[i]);
            Assert.Equal(i / 4, batch.Ints(1)[i]);
            var image = batch.Floats(0).Slice(i * 90, 90);
            for (var channel = 0; channel < 3; channel++)
                Assert.All(image.Slice(channel * 30, 30).ToArray(), pixel => Assert.Equal(channel == 2 - i / 4 ? 1f : 0f, pixel));
        }

        using var grey = new Batch(Info(1), 1) { Count = 1 };
        ImageFolder.Load(_folder, 6, 5, channels: 1).Read(0, grey, 0, default);
        Assert.Equal(0.114f, grey.Floats(0)[7], 1e-6f);
    }

    [Fact]
    public void Split_KeepsTheSharesOfClasses()
    {
        var (train, validation) = ImageFolder.Load(_folder, 6, 5).Split(0.75, seed: 3);
        Assert.Equal((9, 3), (train.Count, validation.Count));
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(validation.LabelOf).Order());
        Assert.Empty(Enumerable.Range(0, 9).Select(train.FileOf).Intersect(Enumerable.Range(0, 3).Select(validation.FileOf)));
    }

    [Fact]
    public void WhatDoesNotFit_SaysSo()
    {
        var images = ImageFolder.Load(_folder, 6, 5);
        Assert.Contains("f32[N,3,5,6]", Assert.Throws<ArgumentException>(() => images.ThrowIfUnfit(Info(1))).Message);
        Assert.Contains("labels of 3 classes", Assert.Throws<ArgumentException>(() => images.ThrowIfUnfit(Info(3, classes: 2))).Message);
        Assert.Throws<DirectoryNotFoundException>(() => ImageFolder.Load(Path.Combine(_folder, "none"), 6, 5));
        var empty = Assert.Throws<DataFormatException>(() => ImageFolder.Load(Path.Combine(_folder, "red"), 6, 5));
        Assert.Contains("expected a folder for each class", empty.Message);
        File.WriteAllText(Path.Combine(_folder, "red", "1.png"), "no image");
        using var batch = new Batch(Info(3), 1) { Count = 1 };
        var error = Assert.Throws<DataFormatException>(() => images.Read(8, batch, 0, default));
        Assert.EndsWith("1.png", error.Path);
        Assert.Contains("cannot be decoded", error.Message);
    }

    private static ModelInfo Info(int channels, int classes = 3) => new()
    {
        Name = "Images",
        Inputs =
        [
            new InputSpec { Name = "image", Shape = [channels, 5, 6], Length = channels * 30 },
            new InputSpec { Name = "label", Shape = [], Length = 1, IsLabels = true, Classes = classes, UsedByPredict = false },
        ],
        Outputs = [new OutputSpec { Name = "y", Shape = [classes], Length = classes }],
        Parameters = [],
        ParameterFloats = 0,
    };
}
