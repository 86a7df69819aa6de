using System.Xml.Linq;
using Spiral;

namespace ModelGen.Samples.Tests.Runs;

public class SpiralTests
{
    [Fact]
    public void SmallRun_DrawsAColumnForEachMoment()
    {
        using var run = new SampleRun();
        Assert.Equal(0, run.Run(SpiralApp.Run, "--epochs", "5", "--points", "10"));
        Assert.Equal("", run.Error);
        XElement picture = XElement.Parse(run.Read("spiral.svg"));
        string[] headings = [.. picture.Elements().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
        Assert.Equal(["epoch 0", "epoch 1", "epoch 2", "epoch 5"], headings.Select(h => h.Split(',')[0]));
        Assert.Equal(4, picture.Descendants().Count(e => e.Name.LocalName == "image"));
    }

    [Fact]
    public void SameSeed_GivesTheSamePicture()
    {
        string Picture(string seed)
        {
            using var run = new SampleRun();
            Assert.Equal(0, run.Run(SpiralApp.Run, "--epochs", "3", "--points", "10", "--seed", seed));
            return run.Read("spiral.svg");
        }
        Assert.Equal(Picture("3"), Picture("3"));
        Assert.NotEqual(Picture("3"), Picture("4"));
    }

    [Fact]
    public void BadOption_IsOneLine()
    {
        using var run = new SampleRun();
        Assert.Equal(2, run.Run(SpiralApp.Run, "--points", "1"));
        Assert.Equal("spiral: --points: expected a whole number from 2 to 100000, got '1'; --help lists the options\n", run.Error);
    }
}
