using Digits.Painting;

namespace ModelGen.Samples.Tests.Digits;

public class DigitPainterTests
{
    const int Length = DigitPainter.Size * DigitPainter.Size;

    [Fact]
    public void Draw_SameSeed_GivesSameBytes_ForAnyThreadCount()
    {
        DrawnDigits one = DrawnDigits.Draw(300, seed: 7, threads: 1), three = DrawnDigits.Draw(300, seed: 7, threads: 3);
        Assert.Equal(one.Pictures, three.Pictures);
        Assert.Equal(one.Labels, three.Labels);
    }

    [Fact]
    public void Draw_SmallerSet_IsBeginningOfLarger()
    {
        DrawnDigits small = DrawnDigits.Draw(30, seed: 7, threads: 2), large = DrawnDigits.Draw(60, seed: 7, threads: 2);
        Assert.Equal(small.Pictures, large.Pictures[..(30 * Length)]);
    }

    [Fact]
    public void Draw_OtherSeed_GivesOtherPictures()
    {
        DrawnDigits a = DrawnDigits.Draw(10, seed: 1, threads: 1), b = DrawnDigits.Draw(10, seed: 2, threads: 1);
        for (int i = 0; i < 10; i++)
            Assert.NotEqual(a.Pictures[(i * Length)..((i + 1) * Length)], b.Pictures[(i * Length)..((i + 1) * Length)]);
    }

    [Fact]
    public void Draw_HasAsManyOfEachDigit()
    {
        int[] counts = new int[10];
        foreach (int label in DrawnDigits.Draw(200, seed: 3, threads: 2).Labels)
            counts[label]++;
        Assert.All(counts, count => Assert.Equal(20, count));
    }

    [Fact]
    public void Draw_EveryPictureShowsInkInTheMiddleAndLeavesPaper()
    {
        DrawnDigits digits = DrawnDigits.Draw(2000, seed: 11, threads: 2);
        for (int i = 0; i < digits.Labels.Length; i++)
        {
            ReadOnlySpan<byte> picture = digits.Pictures.AsSpan(i * Length, Length);
            int ink = 0, inner = 0;
            for (int p = 0; p < Length; p++)
                if (picture[p] > 128)
                {
                    ink++;
                    if (p / DigitPainter.Size is > 3 and < 24 && p % DigitPainter.Size is > 3 and < 24)
                        inner++;
                }
            Assert.True(inner >= 8, $"picture {i} (a {digits.Labels[i]}) has {inner} dark pixels in the middle");
            Assert.True(ink < Length / 2, $"picture {i} (a {digits.Labels[i]}) is mostly ink: {ink} dark pixels");
        }
    }

    /// <summary>
    /// The sample would show nothing if a template per digit were enough: the best linear model has to stay clearly
    /// below the 97 % that the README promises for LeNet, yet learn something.
    /// </summary>
    [Fact]
    public void LinearModel_StaysClearlyBelowConvolutions()
    {
        DrawnDigits train = DrawnDigits.Draw(4000, seed: 1, threads: 2), test = DrawnDigits.Draw(1000, seed: 2, threads: 2);
        double accuracy = SoftmaxRegression.Fit(train, epochs: 8).Accuracy(test);
        Assert.InRange(accuracy, 0.6, 0.88);
    }
}
