using ILGPU;
using ILGPU.Runtime;
using ModelGen.Runtime;

namespace ModelGen.Gpu.Tests.Emit;

public sealed class KernelMathTests
{
    [Fact]
    public void Functions_AreAccurate_AndPassNaN()
    {
        var x = Enumerable.Range(-4000, 8001).Select(i => i * 0.0025f)
            .Concat([1e-6f, -1e-6f, 1e-20f, -1e-20f, 3e38f, -1f, 50f, -50f, float.PositiveInfinity, float.NegativeInfinity, float.NaN]).ToArray();
        var y = Run(x);
        for (var i = 0; i < x.Length; i++)
        {
            Near(Math.Tanh(x[i]), y[i], 4e-7, "tanh", x[i]);
            Near(Simd.Erf(x[i]), y[x.Length + i], 8e-7, "erf", x[i]);
            Near(1 / (1 + Math.Exp(-x[i])), y[(2 * x.Length) + i], 4e-7, "sigmoid", x[i]);
            Assert.Equal(float.IsNaN(x[i]) ? float.NaN : Math.Sign(x[i]), y[(3 * x.Length) + i]);
            Assert.Equal(MathF.Max(x[i], 1f), y[(4 * x.Length) + i]);
            Assert.Equal(MathF.Min(x[i], 1f), y[(5 * x.Length) + i]);
            Assert.Equal(Simd.Uniform((uint)i, 99u), y[(6 * x.Length) + i]);
            Near(Exact.ExpM1(x[i]) is var e && e > float.MaxValue ? double.PositiveInfinity : e, y[(7 * x.Length) + i], 5e-7, "expm1", x[i]);
            Near(Exact.Log1P(x[i]), y[(8 * x.Length) + i], 3e-7, "log1p", x[i]);
            Near(Math.Atan(x[i]), y[(9 * x.Length) + i], 4e-7, "atan", x[i]);
        }
    }

    private static float[] Run(float[] x)
    {
        using var device = GpuDevice.Open(GpuBackend.Cpu);
        var accelerator = device.Accelerator;
        using var input = accelerator.Allocate1D(x);
        using var output = accelerator.Allocate1D<float>(10 * x.Length);
        var kernel = accelerator.LoadKernel<ArrayView<float>, ArrayView<float>, int>(KernelMathKernels.Functions, new KernelSpecialization(256, 2));
        kernel(accelerator.DefaultStream, new KernelConfig(new Index1D((x.Length + 255) / 256), new Index1D(256)), input.View.BaseView,
            output.View.BaseView, x.Length);
        accelerator.Synchronize();
        return output.GetAsArray1D();
    }

    private static void Near(double expected, float actual, double tolerance, string function, float x)
    {
        if (double.IsNaN(expected))
            Assert.True(float.IsNaN(actual), $"{function}({x}) = {actual}");
        else if (double.IsInfinity(expected))
            Assert.True(expected == actual, $"{function}({x}) = {actual}");
        else
            Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{function}({x}): expected {expected:G9}, got {actual:G9}");
    }
}
