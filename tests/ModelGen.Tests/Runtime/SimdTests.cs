using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ModelGen.Runtime;
using Xunit.Abstractions;

namespace ModelGen.Tests.Runtime;

public sealed unsafe class SimdTests(ITestOutputHelper output)
{
    public static TheoryData<string, float, float, double> RelativeBounds => new()
    {
        { "Exp", -87.33f, 88.72f, 0.9e-7 },
        { "ExpM1", -30f, 88.72f, 1.2e-7 },
        { "Log", 1e-45f, float.MaxValue, 0.8e-7 },
        { "Log1P", -0.99999994f, float.MaxValue, 1.4e-7 },
        { "Tanh", -12f, 12f, 1.7e-7 },
        { "Sigmoid", -87f, 40f, 1.5e-7 },
        { "Erf", -5f, 5f, 2.1e-7 },
        { "Atan", -1e6f, 1e6f, 3e-7 },
    };

    [Theory]
    [MemberData(nameof(RelativeBounds))]
    public void Function_OverItsRange_HasTheStatedRelativeError(string name, float low, float high, double bound)
    {
        var (scalar, reference) = (Scalar(name), Reference(name));
        var worst = 0.0;
        var worstUlp = 0.0;
        var at = 0f;
        foreach (var x in Dense(low, high))
        {
            var exact = reference(x);
            if (Math.Abs(exact) < 1.2e-38 || float.IsInfinity((float)exact))
                continue;
            var difference = Math.Abs(scalar(x) - exact);
            worstUlp = Math.Max(worstUlp, difference / Ulp((float)exact));
            if (difference / Math.Abs(exact) > worst)
                (worst, at) = (difference / Math.Abs(exact), x);
        }

        output.WriteLine($"{name}: {worst:E3} at {at:G9}, {worstUlp:F3} ulp");
        Assert.InRange(worst, 0, bound);
    }

    [Theory]
    [InlineData("Sin")]
    [InlineData("Cos")]
    public void Function_UpToTheLimit_HasTheStatedAbsoluteError(string name)
    {
        var (scalar, reference) = (Scalar(name), Reference(name));
        var worst = Dense(-1e5f, 1e5f).Max(x => Math.Abs(scalar(x) - reference(x)));
        output.WriteLine($"{name}: {worst:E3}");
        Assert.InRange(worst, 0, 1e-7);
    }

    [Theory]
    [InlineData("Exp")]
    [InlineData("ExpM1")]
    [InlineData("Log")]
    [InlineData("Log1P")]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("Erf")]
    [InlineData("Sin")]
    [InlineData("Cos")]
    [InlineData("Atan")]
    public void Function_InAllWidths_GivesTheSameBits(string name)
    {
        var scalar = Scalar(name);
        var inputs = Dense(float.NegativeInfinity, float.PositiveInfinity).Concat(Dense(-100f, 100f)).Append(float.NaN).ToArray();
        Array.Resize(ref inputs, inputs.Length / 16 * 16);
        fixed (float* p = inputs)
        {
            for (var i = 0; i < inputs.Length; i += 16)
            {
                var wide = Avx512F.IsSupported ? Wide(name, Vector512.Load(p + i)) : default;
                var half = Avx2.IsSupported && Fma.IsSupported ? Half(name, Vector256.Load(p + i)) : default;
                var both = Avx2.IsSupported && Fma.IsSupported ? Both(name, Pair256.Load(p + i)) : null;
                for (var lane = 0; lane < 16; lane++)
                {
                    var expected = scalar(p[i + lane]);
                    if (Avx512F.IsSupported)
                        AssertSameBits(expected, wide[lane], p[i + lane]);
                    if (Fma.IsSupported && lane < 8)
                        AssertSameBits(expected, half[lane], p[i + lane]);
                    if (both is { } pair)
                        AssertSameBits(expected, lane < 8 ? pair.Low[lane] : pair.High[lane - 8], p[i + lane]);
                }
            }
        }
    }

    [Fact]
    public unsafe void Pairs_ComputeEachHalfAsItWereAlone()
    {
        if (!Fma.IsSupported)
            return;
        var numbers = Enumerable.Range(0, 48).Select(i => (i * 37 % 48) - 20.25f).ToArray();
        numbers[3] = float.NaN;
        fixed (float* p = numbers)
        {
            var (a, b, c) = (Pair256.Load(p), Pair256.Load(p + 16), Pair256.Load(p + 32));
            Vector256<float> a1 = Vector256.Load(p + 8), b1 = Vector256.Load(p + 24), c1 = Vector256.Load(p + 40);
            foreach (var (pair, half) in new[]
            {
                (a + b, a1 + b1), (a - b, a1 - b1), (a * b, a1 * b1), (a / b, a1 / b1), (-a, -a1), (Pair256.Abs(a), Vector256.Abs(a1)),
                (Pair256.Sqrt(Pair256.Abs(a)), Vector256.Sqrt(Vector256.Abs(a1))),
                (Pair256.Max(a, b), Avx.Max(a1, b1)), (Pair256.Min(a, b), Avx.Min(a1, b1)), (Pair256.MultiplyAdd(a, b, c), Fma.MultiplyAdd(a1, b1, c1)),
                (Pair256.Create(3f), Vector256.Create(3f)), (Pair256.Zero, Vector256<float>.Zero),
            })
                Assert.Equal(half.AsInt32(), pair.High.AsInt32());
            // The second where one is not a number: the data, wherever a kernel compares them with a constant.
            Assert.True(float.IsNaN(Pair256.Max(Pair256.Zero, a).Low[3]));
            var stored = stackalloc float[18];
            (stored[16], stored[17]) = (1f, 2f);
            Pair256.Store(stored, b);
            Assert.Equal(numbers[16..32], new ReadOnlySpan<float>(stored, 16).ToArray());
            Assert.Equal((1f, 2f), (stored[16], stored[17]));
        }
    }

    [Fact]
    public void Functions_AtTheEdges_AreExact()
    {
        Assert.Equal(1f, Simd.Exp(0f));
        Assert.Equal(0f, Simd.Exp(float.NegativeInfinity));
        Assert.Equal(0f, Simd.Exp(-1e30f));
        Assert.Equal(float.PositiveInfinity, Simd.Exp(float.PositiveInfinity));
        Assert.Equal(float.PositiveInfinity, Simd.Exp(89f));
        Assert.True(float.IsFinite(Simd.Exp(88.72283f)));
        Assert.Equal(0f, Simd.Log(1f));
        Assert.Equal(float.NegativeInfinity, Simd.Log(0f));
        Assert.Equal(float.PositiveInfinity, Simd.Log(float.PositiveInfinity));
        Assert.True(float.IsNaN(Simd.Log(-1f)));
        Assert.Equal(-103.278929f, Simd.Log(float.Epsilon), 1e-4f);
        Assert.Equal(1f, Simd.Tanh(float.PositiveInfinity));
        Assert.Equal(-1f, Simd.Tanh(-20f));
        Assert.Equal(1f, Simd.Sigmoid(float.PositiveInfinity));
        Assert.Equal(0f, Simd.Sigmoid(float.NegativeInfinity));
        Assert.Equal(0.5f, Simd.Sigmoid(0f));
        Assert.Equal(1f, Simd.Erf(float.PositiveInfinity));
        Assert.Equal(-1f, Simd.Erf(-4f));
        Assert.True(float.IsNegative(Simd.Tanh(-0f)) && float.IsNegative(Simd.Erf(-0f)) && float.IsNegative(Simd.Sin(-0f)));
        Assert.Equal(1f, Simd.Cos(0f));
        Assert.Equal((float)Math.Sin(1e30f), Simd.Sin(1e30f));
        Assert.True(float.IsNaN(Simd.Sin(float.PositiveInfinity)) && float.IsNaN(Simd.Cos(float.NegativeInfinity)));
        Assert.Equal(-1f, Simd.ExpM1(float.NegativeInfinity));
        Assert.Equal(float.PositiveInfinity, Simd.ExpM1(float.PositiveInfinity));
        Assert.Equal(float.Epsilon, Simd.ExpM1(float.Epsilon));
        Assert.Equal(float.NegativeInfinity, Simd.Log1P(-1f));
        Assert.Equal(float.PositiveInfinity, Simd.Log1P(float.PositiveInfinity));
        Assert.Equal(float.Epsilon, Simd.Log1P(float.Epsilon));
        Assert.True(float.IsNaN(Simd.Log1P(-1.5f)));
        foreach (var name in new[] { "Exp", "ExpM1", "Log", "Log1P", "Tanh", "Sigmoid", "Erf", "Sin", "Cos", "Atan" })
            Assert.True(float.IsNaN(Scalar(name)(float.NaN)), name);
    }

    [Fact]
    public void Uniform_InAllWidths_GivesTheSameBitsInTheUnitInterval()
    {
        var lanes = Vector512.Create(0u, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        for (var start = 0u; start < 4096; start += 16)
        {
            var wide = Avx512F.IsSupported ? Simd.Uniform(Vector512.Create(start) + lanes, 77) : default;
            var half = Avx2.IsSupported ? Simd.Uniform(Vector256.Create(start) + lanes.GetLower(), 77) : default;
            for (var lane = 0; lane < 16; lane++)
            {
                var value = Simd.Uniform(start + (uint)lane, 77);
                Assert.InRange(value, 0f, 0.99999994f);
                if (Avx512F.IsSupported)
                    Assert.Equal(value, wide[lane]);
                if (Avx2.IsSupported && lane < 8)
                    Assert.Equal(value, half[lane]);
            }
        }
    }

    [Fact]
    public void Uniform_OverCountersAndKeys_IsUniformAndUncorrelated()
    {
        const int Count = 1 << 16;
        for (var key = 0u; key < 8; key++)
        {
            var buckets = new int[64];
            var (mean, nextCounter, nextKey) = (0.0, 0.0, 0.0);
            for (var i = 0u; i < Count; i++)
            {
                var u = Simd.Uniform(i, key);
                buckets[(int)(u * 64)]++;
                mean += u;
                nextCounter += (u - 0.5) * (Simd.Uniform(i + 1, key) - 0.5);
                nextKey += (u - 0.5) * (Simd.Uniform(i, key + 1) - 0.5);
            }

            // Five standard deviations each; chi squared has 63 degrees of freedom.
            Assert.InRange(mean / Count, 0.5 - 5 * 0.2887 / 256, 0.5 + 5 * 0.2887 / 256);
            Assert.InRange(nextCounter / Count * 12, -5.0 / 256, 5.0 / 256);
            Assert.InRange(nextKey / Count * 12, -5.0 / 256, 5.0 / 256);
            Assert.InRange(buckets.Sum(b => Math.Pow(b - Count / 64, 2) / (Count / 64)), 63 - 5 * 11.2, 63 + 5 * 11.2);
        }
    }

    [Fact]
    public void Reductions_AndPartialStores_TouchWhatTheySay()
    {
        if (!Avx512F.IsSupported)
            return;
        var x = Vector512.Create(3f, -7, 2, 9, 1, 4, -2, 8, 5, 6, 0, -1, 10, -9, 7, 11);
        Assert.Equal(47f, Simd.Sum(x));
        Assert.Equal(11f, Simd.Max(x));
        Assert.Equal(-9f, Simd.Min(x));
        Assert.Equal(18f, Simd.Sum(x.GetLower()));
        Assert.Equal(9f, Simd.Max(x.GetLower()));
        Assert.Equal(-7f, Simd.Min(x.GetLower()));
        for (var count = 0; count <= 16; count++)
        {
            var stored = Enumerable.Repeat(99f, 17).ToArray();
            fixed (float* p = stored)
                Simd.StorePartial(x, p, count);
            for (var i = 0; i < 17; i++)
                Assert.Equal(i < count ? x[i] : 99f, stored[i]);
        }
    }

    [Fact]
    public void Partial_AnyCount_TouchesOnlyThose()
    {
        if (!Avx2.IsSupported)
            return;
        // NaN marks what must not be used.
        for (var count = 1; count <= 8; count++)
        {
            float[] values = [3f, -7, 2, 9, 1, 4, -2, 8];
            values.AsSpan(count).Fill(float.NaN);
            var stored = Enumerable.Repeat(99f, 16).ToArray();
            fixed (float* v = values, p = stored)
            {
                var read = Simd.LoadPartial256(v, count);
                Simd.StorePartial(read, p, count);
                for (var i = 0; i < 8; i++)
                    Assert.Equal(i < count ? values[i] : 0f, read[i]);
                if (Avx512F.IsSupported)
                    Assert.Equal(read.ToVector512(), Simd.LoadPartial512(v, count));
            }

            for (var i = 0; i < 16; i++)
                Assert.Equal(i < count ? values[i] : 99f, stored[i]);
        }
    }

    private static void AssertSameBits(float expected, float actual, float at)
    {
        if (BitConverter.SingleToInt32Bits(expected) != BitConverter.SingleToInt32Bits(actual) && !(float.IsNaN(expected) && float.IsNaN(actual)))
            Assert.Fail($"at {at:G9}: {expected:G9} and {actual:G9}");
    }

    /// <summary>Evenly spaced points, and floats of all magnitudes inside the range.</summary>
    private static IEnumerable<float> Dense(float low, float high)
    {
        const int Steps = 1 << 18;
        if (float.IsFinite(high - low))
        {
            for (var i = 0; i <= Steps; i++)
                yield return low + (high - low) * i / Steps;
        }

        for (var bits = 0L; bits <= uint.MaxValue; bits += 9973)
        {
            var x = BitConverter.UInt32BitsToSingle((uint)bits);
            if (x >= low && x <= high)
                yield return x;
        }
    }

    private static double Ulp(float x) => MathF.BitIncrement(Math.Abs(x)) - Math.Abs(x);

    private static Func<float, float> Scalar(string name) => name switch
    {
        "Exp" => Simd.Exp,
        "ExpM1" => Simd.ExpM1,
        "Log" => Simd.Log,
        "Log1P" => Simd.Log1P,
        "Tanh" => Simd.Tanh,
        "Sigmoid" => Simd.Sigmoid,
        "Erf" => Simd.Erf,
        "Sin" => Simd.Sin,
        "Atan" => Simd.Atan,
        _ => Simd.Cos,
    };

    private static Vector512<float> Wide(string name, Vector512<float> x) => name switch
    {
        "Exp" => Simd.Exp(x),
        "ExpM1" => Simd.ExpM1(x),
        "Log" => Simd.Log(x),
        "Log1P" => Simd.Log1P(x),
        "Tanh" => Simd.Tanh(x),
        "Sigmoid" => Simd.Sigmoid(x),
        "Erf" => Simd.Erf(x),
        "Sin" => Simd.Sin(x),
        "Atan" => Simd.Atan(x),
        _ => Simd.Cos(x),
    };

    private static Vector256<float> Half(string name, Vector256<float> x) => name switch
    {
        "Exp" => Simd.Exp(x),
        "ExpM1" => Simd.ExpM1(x),
        "Log" => Simd.Log(x),
        "Log1P" => Simd.Log1P(x),
        "Tanh" => Simd.Tanh(x),
        "Sigmoid" => Simd.Sigmoid(x),
        "Erf" => Simd.Erf(x),
        "Sin" => Simd.Sin(x),
        "Atan" => Simd.Atan(x),
        _ => Simd.Cos(x),
    };

    private static Pair256? Both(string name, Pair256 x) => name switch
    {
        "Exp" => Simd.Exp(x),
        "ExpM1" => Simd.ExpM1(x),
        "Tanh" => Simd.Tanh(x),
        "Sigmoid" => Simd.Sigmoid(x),
        "Erf" => Simd.Erf(x),
        _ => null,
    };

    private static Func<double, double> Reference(string name) => name switch
    {
        "Exp" => Math.Exp,
        "ExpM1" => ExpM1,
        "Log" => Math.Log,
        "Log1P" => Log1P,
        "Tanh" => Math.Tanh,
        "Sigmoid" => x => 1 / (1 + Math.Exp(-x)),
        "Erf" => Erf,
        "Sin" => Math.Sin,
        "Atan" => Math.Atan,
        _ => Math.Cos,
    };

    /// <summary>The Maclaurin series near 0.</summary>
    private static double ExpM1(double x)
    {
        if (Math.Abs(x) > 0.5)
            return Math.Exp(x) - 1;
        double term = x, sum = x;
        for (var n = 2; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
            sum += term *= x / n;
        return sum;
    }

    /// <summary>2 artanh(x / (2 + x)) by its series near 0.</summary>
    private static double Log1P(double x)
    {
        if (Math.Abs(x) > 0.5)
            return Math.Log(1 + x);
        double z = x / (2 + x), power = z, sum = z;
        for (var n = 3; Math.Abs(power) > 1e-18 * Math.Abs(sum); n += 2)
            sum += (power *= z * z) / n;
        return 2 * sum;
    }

    /// <summary>The Maclaurin series with positive terms: e^−x² · 2/√π · Σ 2ⁿ x^(2n+1) / (2n+1)!!.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
            return Math.Sign(x);
        var term = x;
        var sum = x;
        for (var n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
