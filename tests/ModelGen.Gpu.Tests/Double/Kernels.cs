using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Algorithms.ScanReduceOperations;
using ILGPU.Runtime;

namespace ModelGen.Gpu.Tests.Double;

/// <summary>Kernels that do one thing each, some of them wrongly on purpose.</summary>
public static class Kernels
{
    public static void Scale(ArrayView<float> x, ArrayView<float> y, float factor, int n)
    {
        var i = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (i < n)
            y[i] = factor * x[i];
    }

    public static void WriteLinearIndex(ArrayView<int> y)
    {
        var group = ((Grid.IdxZ * Grid.DimY) + Grid.IdxY) * Grid.DimX + Grid.IdxX;
        y[(group * Group.DimX * Group.DimY * Group.DimZ) + (((Group.IdxZ * Group.DimY) + Group.IdxY) * Group.DimX) + Group.IdxX] = Group.LinearIndex;
    }

    /// <summary>Reverses each group's 128 elements through shared memory; the parameter is changed across the barrier.</summary>
    public static void Reverse(ArrayView<float> x, ArrayView<float> y, int offset)
    {
        var shared = SharedMemory.Allocate<float>(128);
        var t = Group.IdxX;
        offset += Grid.IdxX * 128;
        shared[t] = x[offset + t];
        Group.Barrier();
        y[offset + t] = shared[127 - t];
    }

    public static void TreeSum(ArrayView<float> x, ArrayView<float> y, int n)
    {
        var shared = SharedMemory.Allocate<float>(128);
        int i = Grid.GlobalIndex.X, t = Group.IdxX;
        shared[t] = i < n ? x[i] : 0f;
        Group.Barrier();
        for (var d = 64; d > 0; d >>= 1)
        {
            if (t < d)
                shared[t] += shared[t + d];
            Group.Barrier();
        }
        if (t == 0)
            y[Grid.IdxX] = shared[0];
    }

    /// <summary>A wait in the middle of an expression, with other values on the stack.</summary>
    public static void WarpSum(ArrayView<float> x, ArrayView<float> y)
    {
        var v = x[Group.IdxX];
        for (var d = 16; d > 0; d >>= 1)
            v += Warp.ShuffleDown(v, d);
        if (Warp.IsFirstLane)
            y[Warp.WarpIdx] = v;
    }

    public static void Exchanges(ArrayView<float> x, ArrayView<float> y)
    {
        var t = Group.LinearIndex;
        var own = x[t];
        y[t] = Warp.ShuffleUp(own, 1) + (100f * Warp.ShuffleXor(own, 1)) + (10000f * Warp.Broadcast(own, 3)) + (1000000f * Group.Broadcast(own, 33));
    }

    public static void SumInHelper(ArrayView<float> x, ArrayView<float> y)
    {
        var sum = GroupExtensions.AllReduce<float, AddFloat>(x[Group.IdxX]);
        y[Group.IdxX] = sum;
    }

    /// <summary>Each group in a helper of its own, of which one returns early; the first group's reverses, the second's sums to the left.</summary>
    public static void InHelpers(ArrayView<float> x, ArrayView<float> y)
    {
        var group = Grid.IdxX;
        if (group < 1)
            ReverseGroup(x, y, group);
        else
            SumToTheLeft(x, y, group - 1);
    }

    private static void ReverseGroup(ArrayView<float> x, ArrayView<float> y, int group)
    {
        var tile = SharedMemory.Allocate<float>(64);
        var t = Group.IdxX;
        tile[t] = x[(group * 64) + t];
        Group.Barrier();
        if (t == 63)
        {
            y[0] = tile[0] * 10f;
            return;
        }

        y[63 - t] = tile[t];
    }

    /// <summary>A helper that waits, inside one that goes on with its own values.</summary>
    public static void InNestedHelpers(ArrayView<float> x, ArrayView<float> y) => Outer(x, y, Group.IdxX);

    private static void Outer(ArrayView<float> x, ArrayView<float> y, int t)
    {
        var tile = SharedMemory.Allocate<float>(64);
        var own = x[t] * 3f;
        Inner(tile, x[t]);
        y[t] = own + tile[63 - t];
    }

    private static void Inner(ArrayView<float> tile, float value)
    {
        tile[Group.IdxX] = value;
        Group.Barrier();
    }

    private static void SumToTheLeft(ArrayView<float> x, ArrayView<float> y, int group)
    {
        var tile = SharedMemory.Allocate<float>(64);
        var t = Group.IdxX;
        var sum = 0f;
        for (var k = 0; k < 3; k++)
        {
            Group.Barrier();
            tile[t] = x[64 + (group * 64) + t] + k;
            Group.Barrier();
            sum += tile[IntrinsicMath.Max(t - k, 0)];
        }

        y[64 + t] = sum;
    }

    public static void AtomicSum(ArrayView<float> x, ArrayView<float> y, ArrayView<int> count)
    {
        Atomic.Add(ref y[0], x[(Grid.IdxX * Group.DimX) + Group.IdxX]);
        Atomic.Add(ref count[0], 1);
        Atomic.Max(ref y[1], x[Group.IdxX]);
    }

    public static void ReadPast(ArrayView<float> weights, ArrayView<float> y) => y[Group.IdxX] = weights[Group.IdxX + 2];

    public static void BarrierInBranch(ArrayView<float> y)
    {
        if (Group.IdxX < 3)
            Group.Barrier();
        y[Group.IdxX] = 1f;
    }

    public static void EarlyReturn(ArrayView<float> y, int n)
    {
        if (Group.IdxX >= n)
            return;
        Group.Barrier();
        y[Group.IdxX] = 1f;
    }

    /// <summary>Lacks the barrier between writing and reading.</summary>
    public static void Race(ArrayView<float> x, ArrayView<float> y)
    {
        var shared = SharedMemory.Allocate<float>(64);
        shared[Group.IdxX] = x[Group.IdxX];
        y[Group.IdxX] = shared[63 - Group.IdxX];
        Group.Barrier();
    }

    public static void TooMuchShared(ArrayView<float> y)
    {
        var a = SharedMemory.Allocate<float>(8192);
        var b = SharedMemory.Allocate<float>(4097);
        y[0] = a[0] + b[0];
    }

    public static void ReadShared(ArrayView<float> y)
    {
        var shared = SharedMemory.Allocate<float>(16);
        y[Group.IdxX] = shared[Group.IdxX];
    }

    public static void CastAt(ArrayView<float> x, ArrayView<float> y, int offset)
    {
        var v = x.SubView(offset, 4).Cast<Four>()[0];
        y[0] = v.X + v.Y + v.Z + v.W;
    }

    public static void Packed(Net net, int n)
    {
        var i = Group.IdxX;
        if (i < n)
            net.Y[i] = (net.W[0] * net.X[i]) + net.Rate;
    }

    public static void TakesBool(ArrayView<float> y, bool flag) => y[0] = flag ? 1f : 0f;

    public static void Fourteen(
        ArrayView<float> y, int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m) =>
        y[0] = a + b + c + d + e + f + g + h + i + j + k + l + m;

    /// <summary>A 32 × 32 product by 16 × 16 tiles.</summary>
    public static void TiledProduct(ArrayView<float> a, ArrayView<float> b, ArrayView<float> c, int n)
    {
        var sa = SharedMemory.Allocate<float>(256);
        var sb = SharedMemory.Allocate<float>(256);
        int tx = Group.IdxX, ty = Group.IdxY, row = (Grid.IdxY * 16) + ty, column = (Grid.IdxX * 16) + tx;
        var sum = 0f;
        for (var k0 = 0; k0 < n; k0 += 16)
        {
            sa[(ty * 16) + tx] = a[(row * n) + k0 + tx];
            sb[(ty * 16) + tx] = b[((k0 + ty) * n) + column];
            Group.Barrier();
            for (var k = 0; k < 16; k++)
                sum += sa[(ty * 16) + k] * sb[(k * 16) + tx];
            Group.Barrier();
        }
        c[(row * n) + column] = sum;
    }

    /// <summary>The next thread's element is read, and nobody waits for it to be written.</summary>
    public static void ReadsTheNextOnes(ArrayView<float> x)
    {
        var shared = SharedMemory.Allocate<float>(64);
        var other = SharedMemory.Allocate<float>(64);
        int thread = Group.IdxX;
        shared[thread] = x[thread];
        other[thread] = 0f;
        Group.Barrier();
        x[thread] = shared[thread ^ 1];
        other[thread] = 1f;
        x[thread] += other[thread ^ 1];
        Group.Barrier();
    }

    /// <summary>What others still read is overwritten, four elements at once.</summary>
    public static void OverwritesWhatIsRead(ArrayView<float> x)
    {
        var shared = SharedMemory.Allocate<float>(256);
        int thread = Group.IdxX;
        shared[thread] = x[thread];
        Group.Barrier();
        x[thread] = shared[63 - thread];
        if (thread < 16)
            shared.Cast<Four>()[thread] = default(Four);
        Group.Barrier();
    }

    public struct Four
    {
        public float X, Y, Z, W;
    }

    public struct Net
    {
        public ArrayView<float> X, W, Y;
        public float Rate;
    }
}
