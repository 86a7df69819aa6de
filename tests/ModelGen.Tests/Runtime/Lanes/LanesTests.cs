using ModelGen.Runtime;

namespace ModelGen.Tests.Runtime;

/// <summary>The operations on vectors, against the same on floats.</summary>
public sealed unsafe class LanesTests
{
    private const float NaN = float.NaN;

    private static readonly float[] s_numbers =
    [
        0f, -0f, 1f, -1f, 2.5f, -2.5f, 3f, 0.1f, -0.3f, 1e-40f, -1e-40f, 1e30f, -1e30f, 3e38f, float.PositiveInfinity, float.NegativeInfinity, NaN, 7.75f,
    ];

    public static TheoryData<string> Names => Widths.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Unary_DoWhatTheyDoToAFloat(string width) => Widths.Run(width, new UnaryOperations());

    [Theory]
    [MemberData(nameof(Names))]
    public void Binary_DoWhatTheyDoToFloats(string width) => Widths.Run(width, new BinaryOperations());

    [Theory]
    [MemberData(nameof(Names))]
    public void Memory_AnyCount_TouchesOnlyThose(string width) => Widths.Run(width, new Memory());

    [Theory]
    [MemberData(nameof(Names))]
    public void Masks_HaveTheirLanes(string width) => Widths.Run(width, new Masks());

    [Theory]
    [MemberData(nameof(Names))]
    public void Reductions_GoByHalves(string width) => Widths.Run(width, new Reductions());

    [Theory]
    [MemberData(nameof(Names))]
    public void CompensatedSum_LosesNothing(string width) => Widths.Run(width, new CompensatedSum());

    private static void Equal(float expected, float actual, string at) => Assert.True(
        BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual) || float.IsNaN(expected) && float.IsNaN(actual),
        $"{at}: {expected:G9} and {actual:G9}");

    private static float[] Floats<L, V>(V x) where L : ILanes<V> where V : unmanaged
    {
        var lanes = new float[L.Count];
        fixed (float* p = lanes) L.Store(p, x);
        return lanes;
    }

    /// <summary>The numbers from one on, so that each comes into each lane.</summary>
    private static V From<L, V>(int first) where L : ILanes<V> where V : unmanaged
    {
        var lanes = stackalloc float[L.Count];
        for (var i = 0; i < L.Count; i++) lanes[i] = s_numbers[(first + i) % s_numbers.Length];
        return L.Load(lanes);
    }

    private sealed class UnaryOperations : IForEachWidth
    {
        public void Run<L, V>() where L : ILanes<V> where V : unmanaged
        {
            Check<L, V>("Negate", L.Negate, x => -x);
            // Of −0 either sign may come out.
            Check<L, V>("Relu", x => L.Abs(L.Relu(x)), x => x > 0 || float.IsNaN(x) ? x : 0);
            Check<L, V>("Sqrt", L.Sqrt, MathF.Sqrt);
            Check<L, V>("Abs", L.Abs, MathF.Abs);
            Check<L, V>("Floor", L.Floor, MathF.Floor);
            Check<L, V>("Sign", L.Sign, x => float.IsNaN(x) ? x : MathF.Sign(x));
        }

        private static void Check<L, V>(string name, Func<V, V> operation, Func<float, float> expected) where L : ILanes<V> where V : unmanaged
        {
            for (var first = 0; first < s_numbers.Length; first++)
            {
                float[] x = Floats<L, V>(From<L, V>(first)), y = Floats<L, V>(operation(From<L, V>(first)));
                for (var i = 0; i < L.Count; i++) Equal(expected(x[i]), y[i], $"{name}({x[i]})");
            }
        }
    }

    private sealed class BinaryOperations : IForEachWidth
    {
        public void Run<L, V>() where L : ILanes<V> where V : unmanaged
        {
            Check<L, V>("Add", L.Add, (a, b) => a + b);
            Check<L, V>("Subtract", L.Subtract, (a, b) => a - b);
            Check<L, V>("Multiply", L.Multiply, (a, b) => a * b);
            Check<L, V>("Divide", L.Divide, (a, b) => a / b);
            Check<L, V>("Pow", L.Pow, MathF.Pow);

            // Of zeros with two signs either may be the greater.
            Check<L, V>("Max", L.Max, (a, b) => a == 0 && b == 0 ? 0 : MathF.Max(a, b), isSignOfZeroFree: true);
            Check<L, V>("Min", L.Min, (a, b) => a == 0 && b == 0 ? 0 : MathF.Min(a, b), isSignOfZeroFree: true);
            Check<L, V>("AtLeast", L.AtLeast, (x, number) => x == 0 && number == 0 ? 0 : MathF.Max(x, number), isSignOfZeroFree: true, isNumber: true);
            Check<L, V>("AtMost", L.AtMost, (x, number) => x == 0 && number == 0 ? 0 : MathF.Min(x, number), isSignOfZeroFree: true, isNumber: true);
            Check<L, V>("Greater", (a, b) => L.Where(L.Greater(a, b), L.All(1)), (a, b) => a > b ? 1 : 0);
            Check<L, V>("GreaterOrEqual", (a, b) => L.Where(L.GreaterOrEqual(a, b), L.All(1)), (a, b) => a >= b ? 1 : 0);
            Check<L, V>("Less", (a, b) => L.Where(L.Less(a, b), L.All(1)), (a, b) => a < b ? 1 : 0);
            Check<L, V>("LessOrEqual", (a, b) => L.Where(L.LessOrEqual(a, b), L.All(1)), (a, b) => a <= b ? 1 : 0);
            Check<L, V>("Equal", (a, b) => L.Where(L.Equal(a, b), L.All(1)), (a, b) => a == b ? 1 : 0);
            Check<L, V>("Select", (a, b) => L.Select(L.Less(a, b), a, b), (a, b) => a < b ? a : b);
            Check<L, V>("And", (a, b) => L.Where(L.And(L.Less(a, b), L.Less(a, L.Zero)), b), (a, b) => a < b && a < 0 ? b : 0);
            var isFused = L.Count > 4 || Widths.IsFused128;
            foreach (var c in s_numbers)
                Check<L, V>("MultiplyAdd", (a, b) => L.MultiplyAdd(a, b, L.All(c)), (a, b) => isFused ? MathF.FusedMultiplyAdd(a, b, c) : a * b + c);
        }

        private static void Check<L, V>(
            string name, Func<V, V, V> operation, Func<float, float, float> expected, bool isSignOfZeroFree = false, bool isNumber = false)
            where L : ILanes<V> where V : unmanaged
        {
            foreach (var b in s_numbers.Where(n => !isNumber || !float.IsNaN(n)))
            {
                for (var first = 0; first < s_numbers.Length; first++)
                {
                    float[] a = Floats<L, V>(From<L, V>(first)), y = Floats<L, V>(operation(From<L, V>(first), L.All(b)));
                    for (var i = 0; i < L.Count; i++)
                        Equal(expected(a[i], b), isSignOfZeroFree && a[i] == 0 && b == 0 ? MathF.Abs(y[i]) : y[i], $"{name}({a[i]}, {b})");
                }
            }
        }
    }

    private sealed class Memory : IForEachWidth
    {
        public void Run<L, V>() where L : ILanes<V> where V : unmanaged
        {
            var count = L.Count;
            float[] numbers = [.. Enumerable.Range(1, 2 * count).Select(i => (float)i)];
            int[] integers = [.. Enumerable.Range(-3, count)];
            fixed (float* p = numbers)
            fixed (int* q = integers)
            {
                Assert.Equal(numbers[..count], Floats<L, V>(L.Load(p)));
                Assert.Equal(integers.Select(i => (float)i), Floats<L, V>(L.Load(q)));
                Assert.Equal(numbers.Where((_, i) => i % 2 == 0), Floats<L, V>(L.LoadEven(p)));
                L.Prefetch0(p);
                L.Prefetch1(p);
                Assert.Equal(Enumerable.Range(0, count).Select(i => (float)i), Floats<L, V>(L.Indices));
                Assert.Equal(Enumerable.Range(0, count).Select(i => 5f - (3 * i)), Floats<L, V>(L.Sequence(5, -3)));
                Assert.Equal(Enumerable.Range(0, count).Select(i => Simd.Uniform(7u + (11u * (uint)i), 77)), Floats<L, V>(L.Uniform(7, 11, 77)));
                // Counters go around.
                Assert.Equal(Simd.Uniform(1, 3), Floats<L, V>(L.Uniform(uint.MaxValue, 2, 3))[1]);
                V even = L.Load(p), odd = L.Load(p + count);
                for (var n = -1; n <= count + 1; n++)
                {
                    var some = Math.Clamp(n, 0, count);
                    Assert.Equal(Enumerable.Range(0, count).Select(i => i < some ? numbers[i] : 0f), Floats<L, V>(L.LoadPartial(p, n)));
                    Assert.Equal(Stored(count, numbers[..some]), Stored(count, s => L.StorePartial(s, even, n)));
                    var pairs = Enumerable.Range(0, some).SelectMany(i => new[] { numbers[i], numbers[count + i] });
                    Assert.Equal(Stored(2 * count, pairs), Stored(2 * count, s => L.StorePairs(s, even, odd, n)));
                }
            }
        }

        private static float[] Stored(int count, IEnumerable<float> first) => [.. first.Concat(Enumerable.Repeat(99f, count + 1)).Take(count + 1)];

        private static float[] Stored(int count, Action<Pointer> store)
        {
            var stored = Stored(count, []);
            fixed (float* p = stored) store(new(p));
            return stored;
        }

        // A pointer that a lambda may have.
        private readonly struct Pointer(float* p)
        {
            private readonly float* _p = p;

            public static implicit operator float*(Pointer pointer) => pointer._p;
        }
    }

    private sealed class Masks : IForEachWidth
    {
        public void Run<L, V>() where L : ILanes<V> where V : unmanaged
        {
            var x = L.Add(L.Indices, L.All(1));
            for (var n = -1; n <= L.Count + 1; n++)
            {
                var first = Enumerable.Range(0, L.Count).Select(i => i < n ? i + 1f : 0f);
                Assert.Equal(first, Floats<L, V>(L.First(n, x)));
                Assert.Equal(first, Floats<L, V>(L.Where(L.FirstLanes(n), x)));
                Assert.Equal(first, Floats<L, V>(L.Select(L.FirstLanes(n), x, L.Zero)));
            }

            Assert.Equal(Floats<L, V>(x), Floats<L, V>(L.Where(L.Mask(true), x)));
            Assert.Equal(new float[L.Count], Floats<L, V>(L.Where(L.Mask(false), x)));
        }
    }

    private sealed class Reductions : IForEachWidth
    {
        public void Run<L, V>() where L : ILanes<V> where V : unmanaged
        {
            // Numbers whose sum depends on the order.
            var numbers = Enumerable.Range(0, L.Count).Select(i => (i % 3 == 0 ? 1e7f : -3.3f) * (i + 1.7f) * (i % 2 == 0 ? 1 : -1)).ToArray();
            var halves = numbers;
            while (halves.Length > 1)
                halves = halves.Take(halves.Length / 2).Zip(halves.Skip(halves.Length / 2), (a, b) => a + b).ToArray();
            fixed (float* p = numbers)
            {
                Equal(halves[0], L.Sum(L.Load(p)), "Sum");
                Equal(numbers.Max(), L.Max(L.Load(p)), "Max");
                Equal(numbers.Min(), L.Min(L.Load(p)), "Min");
            }

            for (var lane = 0; lane < L.Count; lane++)
            {
                // The greatest and the smallest in each lane, and NaN.
                var here = L.Equal(L.Indices, L.All(lane));
                Assert.Equal(5f, L.Max(L.Select(here, L.All(5), L.All(-7))));
                Assert.Equal(-7f, L.Min(L.Select(here, L.All(-7), L.All(5))));
                Assert.True(float.IsNaN(L.Max(L.Select(here, L.All(NaN), L.All(-7)))));
                Assert.True(float.IsNaN(L.Min(L.Select(here, L.All(NaN), L.All(-7)))));
            }

            Assert.Equal(float.NegativeInfinity, L.Max(L.All(float.NegativeInfinity)));
            Assert.Equal(float.PositiveInfinity, L.Min(L.All(float.PositiveInfinity)));
        }
    }

    private sealed class CompensatedSum : IForEachWidth
    {
        public void Run<L, V>() where L : ILanes<V> where V : unmanaged
        {
            V sum = L.Zero, rest = L.Zero;
            float floatSum = 0, floatRest = 0;
            for (var i = 0; i < 1000; i++)
            {
                var x = i % 2 == 0 ? 1e8f + i : -1e8f + (0.3f * i);
                L.AddCompensated(L.All(x), ref sum, ref rest);
                Lanes.Add(x, ref floatSum, ref floatRest);
            }

            Assert.All(Floats<L, V>(L.Total(sum, rest)), total => Equal(Lanes.Total(floatSum, floatRest), total, "Total"));
            L.AddCompensated(L.All(float.PositiveInfinity), ref sum, ref rest);
            Assert.All(Floats<L, V>(L.Total(sum, rest)), total => Assert.Equal(float.PositiveInfinity, total));
        }
    }
}
