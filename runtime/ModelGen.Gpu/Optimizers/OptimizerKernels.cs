using System.ComponentModel;
using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Util;

namespace ModelGen.Gpu;

/// <summary>The optimizers' kernels, one thread for each parameter. Public because ILGPU compiles them into another assembly.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OptimizerKernels
{
    /// <summary>The threads of each group.</summary>
    public const int GroupSize = 256;

    /// <summary>partialSums[g] = Σ gradients² over the elements of group g, which walks the grid. The order is fixed, so reruns agree to the bit.</summary>
    public static void SumSquares(ArrayView<float> gradients, ArrayView<float> partialSums, int n)
    {
        var shared = SharedMemory.Allocate<float>(GroupSize);
        var thread = Group.IdxX;
        var sum = 0f;
        for (var i = (long)Grid.IdxX * GroupSize + thread; i < n; i += (long)Grid.DimX * GroupSize)
            sum += gradients[i] * gradients[i];
        shared[thread] = sum;
        Group.Barrier();
        for (var distance = GroupSize / 2; distance > 0; distance >>= 1)
        {
            if (thread < distance)
                shared[thread] += shared[thread + distance];
            Group.Barrier();
        }

        if (thread == 0)
            partialSums[Grid.IdxX] = shared[0];
    }

    /// <summary>scale[0] = min(1, clipNorm / (√Σ partialSums + 1e-6)); one without partial sums.</summary>
    public static void FindScale(ArrayView<float> partialSums, ArrayView<float> scale, int count, float clipNorm)
    {
        var shared = SharedMemory.Allocate<float>(GroupSize);
        var thread = Group.IdxX;
        var own = 0f;
        if (thread < count)
            own = partialSums[thread];
        shared[thread] = own;
        Group.Barrier();
        for (var distance = GroupSize / 2; distance > 0; distance >>= 1)
        {
            if (thread < distance)
                shared[thread] += shared[thread + distance];
            Group.Barrier();
        }

        if (thread == 0)
        {
            var limited = IntrinsicMath.Min(1f, clipNorm / (XMath.Sqrt(shared[0]) + 1e-6f));
            scale[0] = Utilities.Select(count > 0, limited, 1f);
        }
    }

    /// <summary>
    /// g = scale g + w p; b = momentum b + damping g (first step: g); step = b, or g + momentum b with Nesterov; p -= lr step.
    /// </summary>
    public static void Sgd(
        ArrayView<float> parameters, ArrayView<float> gradients, ArrayView<float> velocity, ArrayView<float> scale,
        SgdConstants c, int offset, int n)
    {
        var i = (long)Grid.IdxX * GroupSize + Group.IdxX;
        if (i < n)
        {
            i += offset;
            var p = parameters[i];
            var g = (scale[0] * gradients[i]) + (c.WeightDecay * p);
            // Old velocity counts from the second step on; before, the memory holds nothing.
            var v = (c.Momentum * Utilities.Select(c.IsFirst != 0, 0f, velocity[i])) + (Utilities.Select(c.IsFirst != 0, 1f, c.Damping) * g);
            velocity[i] = v;
            parameters[i] = p - (c.LearningRate * Utilities.Select(c.IsNesterov != 0, g + (c.Momentum * v), v));
        }
    }

    /// <summary>p -= lr (scale g + w p): SGD without momentum, which needs no state.</summary>
    public static void PlainSgd(
        ArrayView<float> parameters, ArrayView<float> gradients, ArrayView<float> scale, float learningRate, float weightDecay, int offset, int n)
    {
        var i = (long)Grid.IdxX * GroupSize + Group.IdxX;
        if (i < n)
        {
            i += offset;
            var p = parameters[i];
            parameters[i] = p - (learningRate * ((scale[0] * gradients[i]) + (weightDecay * p)));
        }
    }

    /// <summary>
    /// p *= 1 - decoupled decay; g = scale g + w p; m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g²;
    /// p -= step m / (√(v correction) + eps), with step = lr / (1 - b1ᵗ) and correction = 1 / (1 - b2ᵗ).
    /// </summary>
    public static void Adam(
        ArrayView<float> parameters, ArrayView<float> gradients, ArrayView<float> m, ArrayView<float> v, ArrayView<float> scale,
        AdamConstants c, int offset, int n)
    {
        var i = (long)Grid.IdxX * GroupSize + Group.IdxX;
        if (i < n)
        {
            i += offset;
            var p = parameters[i] * c.Keep;
            var g = (scale[0] * gradients[i]) + (c.WeightDecay * p);
            var first = (c.Beta1 * m[i]) + (c.OneMinusBeta1 * g);
            var second = (c.Beta2 * v[i]) + (c.OneMinusBeta2 * g * g);
            m[i] = first;
            v[i] = second;
            parameters[i] = p - (c.StepSize * first / (XMath.Sqrt(second * c.Correction) + c.Epsilon));
        }
    }
}
