using ModelGen.Runtime;
using Xunit.Abstractions;

namespace ModelGen.Tests.Runtime;

/// <summary>The mathematical functions in every width, against those for one float.</summary>
public sealed unsafe class VectorMathTests(ITestOutputHelper output)
{
    /// <summary>
    /// Each function with the largest distance that it may have from the one for a float where a·b + c is rounded twice: relative to the result for those
    /// that have a relative error, absolute for sin and cos.
    /// </summary>
    public static TheoryData<string, string, double> Functions
    {
        get
        {
            var data = new TheoryData<string, string, double>();
            foreach (var (name, bound) in new[]
            {
                ("Exp", 2e-7), ("ExpM1", 2.5e-7), ("Log", 2e-7), ("Log1P", 2e-7), ("Tanh", 2.5e-7), ("Sigmoid", 2.5e-7), ("Erf", 3e-7), ("Sin", 1.5e-7),
                ("Cos", 1.5e-7), ("Atan", 3e-7),
            })
            {
                foreach (var width in new[] { "128", "256", "Pair256", "512" })
                    data.Add(name, width, bound);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_InAllWidths_GivesTheBitsOfTheScalar(string name, string width, double boundWithoutFusion)
    {
        var comparison = new Comparison(name, boundWithoutFusion);
        Widths.Run(width, comparison);
        output.WriteLine($"{name}, {width}: {comparison.Worst:E3} at {comparison.At:G9}");
    }

    private sealed class Comparison(string name, double boundWithoutFusion) : IForEachWidth
    {
        public double Worst { get; private set; }

        public float At { get; private set; }

        public void Run<L, V>() where L : ILanes<V> where V : unmanaged
        {
            var scalar = Scalar();
            var function = Of<L, V>();
            var isFused = L.Count > 4 || Widths.IsFused128;
            float* x = stackalloc float[L.Count], y = stackalloc float[L.Count];
            foreach (var inputs in Inputs().Chunk(L.Count))
            {
                for (var i = 0; i < L.Count; i++) x[i] = inputs[Math.Min(i, inputs.Length - 1)];
                L.Store(y, function(L.Load(x)));
                for (var i = 0; i < inputs.Length; i++) Compare(x[i], scalar(x[i]), y[i], isFused);
            }
        }

        private void Compare(float x, float expected, float actual, bool isFused)
        {
            if (BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual) || float.IsNaN(expected) && float.IsNaN(actual)) return;
            // Subnormal results have fewer bits.
            var difference = Math.Abs((double)actual - expected) / (name is "Sin" or "Cos" ? 1 : Math.Max(1.18e-38, Math.Abs(expected)));
            if (difference > Worst || double.IsNaN(difference)) (Worst, At) = (difference, x);
            if (isFused || !(difference <= boundWithoutFusion)) Assert.Fail($"{name}({x:G9}): {expected:G9} and {actual:G9}");
        }

        /// <summary>Floats of all magnitudes, even steps, and the edges of the formulas' ranges with their neighbours.</summary>
        private static IEnumerable<float> Inputs()
        {
            for (var bits = 0L; bits <= uint.MaxValue; bits += 99991) yield return BitConverter.UInt32BitsToSingle((uint)bits);
            for (var i = -40000; i <= 40000; i++) yield return i / 400f;
            float[] edges = [0f, 1f, 10f, 18f, 88.7228317f, 87.3365402f, 3.95f, 1e5f, 1.17549435e-38f, float.Epsilon, float.MaxValue, float.PositiveInfinity];
            foreach (var edge in edges)
            {
                foreach (var x in new[] { edge, MathF.BitIncrement(edge), MathF.BitDecrement(edge) }) yield return x;
                foreach (var x in new[] { -edge, MathF.BitIncrement(-edge), MathF.BitDecrement(-edge) }) yield return x;
            }

            yield return float.NaN;
        }

        private Func<float, float> Scalar() => name switch
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

        private Func<V, V> Of<L, V>() where L : ILanes<V> where V : unmanaged => name switch
        {
            "Exp" => L.Exp,
            "ExpM1" => L.ExpM1,
            "Log" => L.Log,
            "Log1P" => L.Log1P,
            "Tanh" => L.Tanh,
            "Sigmoid" => L.Sigmoid,
            "Erf" => L.Erf,
            "Sin" => L.Sin,
            "Atan" => L.Atan,
            _ => L.Cos,
        };
    }
}
