using ModelGen.Generator.Expressions;
using ModelGen.Generator.Support;

namespace ModelGen.Tests.Expressions;

/// <summary>Properties of index maps over random ones.</summary>
public class AffineIndexTests
{
    private readonly Random _random = new(11);

    [Fact]
    public void Substitute_AgreesWithEvaluation()
    {
        var substituted = 0;
        for (var trial = 0; trial < 5000; trial++)
        {
            var outer = Index(2, allowFloor: true);
            var variables = new[] { Index(3, allowFloor: true), Index(3, allowFloor: false) };
            if (outer.Substitute(variables, 3) is not { } composed) continue;
            substituted++;
            for (var point = 0; point < 20; point++)
            {
                int[] v = [_random.Next(6), _random.Next(6), _random.Next(6)];
                if (variables[0].At(v) is not { } a || variables[1].At(v) is not { } b) continue;
                Assert.Equal(outer.At([(int)a, (int)b]), composed.At(v));
            }
        }
        Assert.True(substituted > 1000);
    }

    [Fact]
    public void AlwaysInside_IsSound()
    {
        var inside = 0;
        for (var trial = 0; trial < 5000; trial++)
        {
            var index = Index(3, allowFloor: true);
            Axis[] axes = [_random.Next(1, 5), new Axis(_random.Next(1, 3), _random.Next(2) == 0), _random.Next(1, 5)];
            var size = new Axis(_random.Next(1, 20), _random.Next(2) == 0);
            if (!index.AlwaysInside(axes, size)) continue;
            inside++;
            foreach (var batch in new[] { 1, 2, 5 })
                for (var i = 0; i < axes[0].At(batch); i++)
                    for (var j = 0; j < axes[1].At(batch); j++)
                        for (var k = 0; k < axes[2].At(batch); k++)
                            Assert.InRange(index.At([i, j, k]) ?? -1, 0, size.At(batch) - 1);
        }
        Assert.True(inside > 100);
    }

    [Fact]
    public void DividedBy_RoundsDown()
    {
        for (var trial = 0; trial < 2000; trial++)
        {
            var numerator = Index(2, allowFloor: false) with { Divisor = 1 };
            var divisor = _random.Next(1, 9);
            var quotient = numerator.DividedBy(divisor);
            int[] v = [_random.Next(10), _random.Next(10)];
            Assert.Equal((long)Math.Floor((double)numerator.At(v)!.Value / divisor), quotient.At(v));
        }
    }

    [Theory]
    [InlineData(0, 1, 0, 1, "v1")]
    [InlineData(2, 0, -3, 1, "2·v0 - 3")]
    [InlineData(1, -1, 4, 2, "(v0 - v1 + 4) / 2")]
    [InlineData(0, 0, 7, 1, "7")]
    public void ToString_IsAFormula(int a, int b, int offset, int divisor, string expected) =>
        Assert.Equal(expected, new AffineIndex(EquatableArray.Of(a, b), offset, divisor).ToString());

    private AffineIndex Index(int rank, bool allowFloor)
    {
        var coefficients = Enumerable.Range(0, rank).Select(_ => _random.Next(3) == 0 ? _random.Next(-2, 4) : 0).ToArray();
        if (_random.Next(3) == 0) coefficients[_random.Next(rank)] = 1;
        var divisor = _random.Next(3) == 0 ? _random.Next(2, 5) : 1;
        return new(coefficients.ToEquatableArray(), _random.Next(-3, 6), divisor, divisor > 1 && allowFloor && _random.Next(2) == 0);
    }
}
