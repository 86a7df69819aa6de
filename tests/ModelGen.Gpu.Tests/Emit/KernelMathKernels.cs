using ILGPU;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>Each function of generated kernels over a column of numbers.</summary>
public static class KernelMathKernels
{
    public static void Functions(ArrayView<float> x, ArrayView<float> y, int n)
    {
        var i = (Grid.IdxX * 256) + Group.IdxX;
        if (i < n)
        {
            y[i] = KernelMath.Tanh(x[i]);
            y[n + i] = KernelMath.Erf(x[i]);
            y[(2 * n) + i] = KernelMath.Sigmoid(x[i]);
            y[(3 * n) + i] = KernelMath.Sign(x[i]);
            y[(4 * n) + i] = KernelMath.Max(x[i], 1f);
            y[(5 * n) + i] = KernelMath.Min(1f, x[i]);
            y[(6 * n) + i] = KernelMath.Uniform((uint)i, 99u);
            y[(7 * n) + i] = KernelMath.ExpM1(x[i]);
            y[(8 * n) + i] = KernelMath.Log1P(x[i]);
            y[(9 * n) + i] = KernelMath.Atan(x[i]);
        }
    }
}
