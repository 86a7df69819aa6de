using ILGPU;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>Each function of generated kernels over a column of numbers.</summary>
public static class GpuMathKernels
{
    public static void Functions(ArrayView<float> x, ArrayView<float> y, int n)
    {
        var i = (Grid.IdxX * 256) + Group.IdxX;
        if (i < n)
        {
            y[i] = GpuMath.Tanh(x[i]);
            y[n + i] = GpuMath.Erf(x[i]);
            y[(2 * n) + i] = GpuMath.Sigmoid(x[i]);
            y[(3 * n) + i] = GpuMath.Sign(x[i]);
            y[(4 * n) + i] = GpuMath.Max(x[i], 1f);
            y[(5 * n) + i] = GpuMath.Min(1f, x[i]);
            y[(6 * n) + i] = GpuMath.Uniform((uint)i, 99u);
            y[(7 * n) + i] = GpuMath.ExpM1(x[i]);
            y[(8 * n) + i] = GpuMath.Log1P(x[i]);
        }
    }
}
