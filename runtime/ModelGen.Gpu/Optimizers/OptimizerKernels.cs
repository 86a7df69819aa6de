using System.ComponentModel;
using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Util;

namespace ModelGen.Gpu;

/// <summary>Provides the optimizers' kernels, with one thread for each parameter. Where the step does not count, none writes. The class is public because ILGPU
/// compiles the kernels into another assembly.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OptimizerKernels
{
    /// <summary>The number of threads of each group.</summary>
    public const int GroupSize = 256;

    /// <summary>The number of floats that <see cref="FindScale"/> writes.</summary>
    public const int ControlLength = 3;

    // All set in infinities and in what is no number.
    private const int ExponentBits = 0x7F800000;

    /// <summary>Computes partialSums[g] += Σ gradients² over the elements of group g, in a grid-stride loop. The order is fixed, so reruns agree to the
    /// bit.</summary>
    public static void SumSquares(ArrayView<float> gradients, ArrayView<float> partialSums, int offset, int n)
    {
        var shared = SharedMemory.Allocate<float>(GroupSize);
        var thread = Group.IdxX;
        var sum = 0f;
        for (var i = ((long)Grid.IdxX * GroupSize) + thread; i < n; i += (long)Grid.DimX * GroupSize)
            sum += gradients[offset + i] * gradients[offset + i];
        shared[thread] = sum;
        for (var distance = GroupSize / 2; distance > 0; distance >>= 1)
        {
            // At the head of the loop: past a barrier at its end ILGPU may move what is read before it.
            Group.Barrier();
            if (thread < distance)
                shared[thread] += shared[thread + distance];
        }

        if (thread == 0)
            partialSums[Grid.IdxX] += shared[0];
    }

    /// <summary>
    /// Computes control[0] = min(1, clipNorm / (√Σ partialSums + 1e-6)) over <see cref="GroupSize"/> partial sums, or 1 where there is no limit. Control[1] is
    /// 1 where the loss is a number and the step counts, otherwise 0; control[2] is that of the step before.
    /// </summary>
    public static void FindScale(ArrayView<float> partialSums, ArrayView<float> control, ArrayView<float> loss, int isLimited, float clipNorm)
    {
        var shared = SharedMemory.Allocate<float>(GroupSize);
        var thread = Group.IdxX;
        var sum = 0f;
        if (isLimited != 0)
            sum = partialSums[thread];
        shared[thread] = sum;
        for (var distance = GroupSize / 2; distance > 0; distance >>= 1)
        {
            // At the head of the loop: past a barrier at its end ILGPU may move what is read before it.
            Group.Barrier();
            if (thread < distance)
                shared[thread] += shared[thread + distance];
        }

        if (thread == 0)
        {
            var limited = IntrinsicMath.Min(1f, clipNorm / (XMath.Sqrt(shared[0]) + 1e-6f));
            control[0] = Utilities.Select(isLimited != 0, limited, 1f);
            control[2] = control[1];
            control[1] = Utilities.Select((Interop.FloatAsInt(loss[0]) & ExponentBits) != ExponentBits, 1f, 0f);
        }
    }

    /// <summary>Computes g = scale g + w p; b = momentum b + share g; step = b, or g + momentum b with Nesterov; p -= lr step.</summary>
    public static void Sgd(
        ArrayView<float> parameters, ArrayView<float> gradients, ArrayView<float> velocity, ArrayView<float> control,
        SgdConstants c, int offset, int n)
    {
        var i = ((long)Grid.IdxX * GroupSize) + Group.IdxX;
        if (i < Count(control, n))
        {
            i += offset;
            var p = parameters[i];
            var g = (control[0] * gradients[i]) + (c.WeightDecay * p);
            var v = (c.Momentum * velocity[i]) + (Utilities.Select(control[2] != 0f, c.ShareAfterOne, c.Share) * g);
            velocity[i] = v;
            parameters[i] = p - (c.LearningRate * Utilities.Select(c.IsNesterov != 0, g + (c.Momentum * v), v));
        }
    }

    /// <summary>Computes p -= lr (scale g + w p): SGD without momentum, which needs no state.</summary>
    public static void PlainSgd(
        ArrayView<float> parameters, ArrayView<float> gradients, ArrayView<float> control, float learningRate, float weightDecay, int offset, int n)
    {
        var i = ((long)Grid.IdxX * GroupSize) + Group.IdxX;
        if (i < Count(control, n))
        {
            i += offset;
            var p = parameters[i];
            parameters[i] = p - (learningRate * ((control[0] * gradients[i]) + (weightDecay * p)));
        }
    }

    /// <summary>
    /// Computes g = scale g + w p; m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g²; p = keep p - step m / (√v rootScale + eps), with step = lr / (1 - b1ᵗ) and
    /// rootScale = 1 / √(1 - b2ᵗ). It is the host's arithmetic in the host's order.
    /// </summary>
    public static void Adam(
        ArrayView<float> parameters, ArrayView<float> gradients, ArrayView<float> m, ArrayView<float> v, ArrayView<float> control,
        AdamConstants c, int offset, int n)
    {
        var i = ((long)Grid.IdxX * GroupSize) + Group.IdxX;
        if (i < Count(control, n))
        {
            i += offset;
            var p = parameters[i];
            var g = (control[0] * gradients[i]) + (c.GradientDecay * p);
            var first = (c.Beta1 * m[i]) + (c.Rest1 * g);
            var second = (c.Beta2 * v[i]) + (c.Rest2 * (g * g));

            // A square too small to be a number takes its direction with it, which would be divided by eps alone.
            first = Utilities.Select(second > 0f, first, Utilities.Select(second == 0f, 0f, first));
            m[i] = first;
            v[i] = second;
            var stepSize = Utilities.Select(control[2] != 0f, c.StepSizeAfterOne, c.StepSize);
            var rootScale = Utilities.Select(control[2] != 0f, c.RootScaleAfterOne, c.RootScale);
            parameters[i] = (c.Keep * p) - (stepSize * first / ((XMath.Sqrt(second) * rootScale) + c.Epsilon));
        }
    }

    // In one condition, since ILGPU takes the second of two for one that is the same in all threads. 64 bits, as the index.
    private static long Count(ArrayView<float> control, int n) => Utilities.Select(control[1] != 0f, n, 0);
}
