using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Util;

namespace ModelGen.Gpu.Tests.Session;

/// <summary>The kernels of <see cref="TinyProgram"/>.</summary>
public static class TinyKernels
{
    public static void Logits(ArrayView<float> parameters, ArrayView<float> x, ArrayView<float> logits, int n)
    {
        var i = (Grid.IdxX * 64) + Group.IdxX;
        if (i < n)
        {
            float x0 = x[i * 3], x1 = x[(i * 3) + 1], x2 = x[(i * 3) + 2];
            logits[i * 2] = parameters[16] * (parameters[32] + (parameters[0] * x0) + (parameters[1] * x1) + (parameters[2] * x2));
            logits[(i * 2) + 1] = parameters[16] * (parameters[33] + (parameters[3] * x0) + (parameters[4] * x1) + (parameters[5] * x2));
        }
    }

    public static void CrossEntropy(
        ArrayView<float> logits, ArrayView<int> labels, ArrayView<float> dLogits, ArrayView<float> losses, ArrayView<float> parameters, int n)
    {
        var i = (Grid.IdxX * 64) + Group.IdxX;
        if (i < n)
        {
            float a = logits[i * 2], b = logits[(i * 2) + 1];
            var max = IntrinsicMath.Max(a, b);
            float ea = XMath.Exp(a - max), eb = XMath.Exp(b - max);
            var sum = ea + eb;
            var factor = parameters[16] / n;
            dLogits[i * 2] = ((ea / sum) - Utilities.Select(labels[i] == 0, 1f, 0f)) * factor;
            dLogits[(i * 2) + 1] = ((eb / sum) - Utilities.Select(labels[i] == 1, 1f, 0f)) * factor;
            losses[i] = XMath.Log(sum) + max - Utilities.Select(labels[i] == 0, a, b);
        }
    }

    public static void Gradients(ArrayView<float> dLogits, ArrayView<float> x, ArrayView<float> gradients, int n)
    {
        var t = Group.IdxX;
        if (t < 2)
        {
            float g0 = 0f, g1 = 0f, g2 = 0f, gb = 0f;
            for (var i = 0; i < n; i++)
            {
                var d = dLogits[(i * 2) + t];
                g0 += d * x[i * 3];
                g1 += d * x[(i * 3) + 1];
                g2 += d * x[(i * 3) + 2];
                gb += d;
            }

            gradients[t * 3] = g0;
            gradients[(t * 3) + 1] = g1;
            gradients[(t * 3) + 2] = g2;
            gradients[32 + t] = gb;
        }

        if (t == 2)
            gradients[16] = 0f;
    }

    public static void RunningMean(ArrayView<float> x, ArrayView<float> buffers, int n)
    {
        var k = Group.IdxX;
        if (k < 3)
        {
            var sum = 0f;
            for (var i = 0; i < n; i++)
                sum += x[(i * 3) + k];
            buffers[k] = (0.9f * buffers[k]) + (0.1f * sum / n);
        }
    }

    public static void MeanLoss(ArrayView<float> losses, ArrayView<float> loss, int n)
    {
        var shared = SharedMemory.Allocate<float>(64);
        var t = Group.IdxX;
        var sum = 0f;
        for (var i = t; i < n; i += 64)
            sum += losses[i];
        shared[t] = sum;
        Group.Barrier();
        for (var d = 32; d > 0; d >>= 1)
        {
            if (t < d)
                shared[t] += shared[t + d];
            Group.Barrier();
        }

        if (t == 0)
            loss[0] = shared[0] / n;
    }
}
