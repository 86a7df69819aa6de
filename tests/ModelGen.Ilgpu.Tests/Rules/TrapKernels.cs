using ILGPU;

namespace ModelGen.Ilgpu.Tests.Rules;

/// <summary>Kernels that are right as C# and wrong or slow as a device gets them, and their repairs: the checks must tell them apart.</summary>
/// <remarks>256 threads, one group, views of 4,096 floats.</remarks>
public static class TrapKernels
{
    /// <summary>As matrix kernels were emitted: the loads of shared memory move behind the barrier that ends the loop.</summary>
    public static void BarrierAtEnd(ArrayView<float> a, ArrayView<float> b, ArrayView<float> c)
    {
        var tileA = SharedMemory.Allocate<float>(256);
        var tileB = SharedMemory.Allocate<float>(256);
        int thread = Group.IdxX, x = thread & 15, y = thread >> 4;
        var sum = 0f;
        for (var k = 0; k < 64; k += 16)
        {
            tileA[thread] = a[(y * 64) + k + x];
            tileB[thread] = b[((k + y) * 64) + x];
            Group.Barrier();
            for (var i = 0; i < 4; i++) sum += (tileA[(y * 16) + (4 * i)] * tileB[(64 * i) + x]) + (tileA[(y * 16) + (4 * i) + 1] * tileB[(64 * i) + 16 + x]);
            sum += tileA[(y * 16) + 15] * tileB[240 + x];
            Group.Barrier();
        }

        c[thread] = sum;
    }

    /// <summary>Its repair with one stage: the barrier stands right before the stores.</summary>
    public static void BarrierAtHead(ArrayView<float> a, ArrayView<float> b, ArrayView<float> c)
    {
        var tileA = SharedMemory.Allocate<float>(256);
        var tileB = SharedMemory.Allocate<float>(256);
        int thread = Group.IdxX, x = thread & 15, y = thread >> 4;
        var sum = 0f;
        for (var k = 0; k < 64; k += 16)
        {
            Group.Barrier();
            tileA[thread] = a[(y * 64) + k + x];
            tileB[thread] = b[((k + y) * 64) + x];
            Group.Barrier();
            sum += (tileA[y * 16] * tileB[x]) + (tileA[(y * 16) + 1] * tileB[16 + x]);
        }

        c[thread] = sum;
    }

    /// <summary>Two stages do not help if the barrier ends the loop: the loads move behind it all the same.</summary>
    public static void TwoStagesBarrierAtEnd(ArrayView<float> a, ArrayView<float> b, ArrayView<float> c)
    {
        var tileA = SharedMemory.Allocate<float>(512);
        var tileB = SharedMemory.Allocate<float>(512);
        int thread = Group.IdxX, x = thread & 15, y = thread >> 4, stage = 0;
        var sum = 0f;
        tileA[thread] = a[(y * 64) + x];
        tileB[thread] = b[(y * 64) + x];
        Group.Barrier();
        for (var k = 16; k < 64; k += 16)
        {
            tileA[(stage ^ 256) + thread] = a[(y * 64) + k + x];
            tileB[(stage ^ 256) + thread] = b[((k + y) * 64) + x];
            sum += (tileA[stage + (y * 16)] * tileB[stage + x]) + (tileA[stage + (y * 16) + 1] * tileB[stage + 16 + x]);
            stage ^= 256;
            Group.Barrier();
        }

        c[thread] = sum;
    }

    /// <summary>Right: two stages, one barrier a step, at the head.</summary>
    public static void TwoStagesBarrierAtHead(ArrayView<float> a, ArrayView<float> b, ArrayView<float> c)
    {
        var tileA = SharedMemory.Allocate<float>(512);
        var tileB = SharedMemory.Allocate<float>(512);
        int thread = Group.IdxX, x = thread & 15, y = thread >> 4, stage = 0;
        var sum = 0f;
        tileA[thread] = a[(y * 64) + x];
        tileB[thread] = b[(y * 64) + x];
        for (var k = 16; k < 64; k += 16)
        {
            float nextA = a[(y * 64) + k + x], nextB = b[((k + y) * 64) + x];
            Group.Barrier();
            sum += (tileA[stage + (y * 16)] * tileB[stage + x]) + (tileA[stage + (y * 16) + 1] * tileB[stage + 16 + x]);
            stage ^= 256;
            tileA[stage + thread] = nextA;
            tileB[stage + thread] = nextB;
        }

        c[thread] = sum;
    }

    /// <summary>Right: each pass of a tree of sums loads another thread's element and stores its own, and ends in a barrier that nothing can pass.</summary>
    public static void TreeOfSums(ArrayView<float> a, ArrayView<float> b, ArrayView<float> c)
    {
        var shared = SharedMemory.Allocate<float>(256);
        var thread = Group.IdxX;
        var part = 0f;
        for (var k = thread; k < 1024; k += 256) part += a[k];
        shared[thread] = part;
        Group.Barrier();
        for (var d = 128; d > 0; d >>= 1)
        {
            if (thread < d) shared[thread] += shared[thread + d];
            Group.Barrier();
        }

        c[thread] = shared[0] * b[thread];
    }

    /// <summary>A tree whose result is read when the next rows already overwrite it.</summary>
    public static void NoBarrierBeforeTheNextRow(ArrayView<float> a, ArrayView<float> b, ArrayView<float> c)
    {
        var shared = SharedMemory.Allocate<float>(256);
        var thread = Group.IdxX;
        for (var row = 0; row < 4; row++)
        {
            shared[thread] = a[(row * 256) + thread];
            Group.Barrier();
            for (var d = 128; d > 0; d >>= 1)
            {
                if (thread < d) shared[thread] += shared[thread + d];
                Group.Barrier();
            }

            c[(row * 256) + thread] = shared[0] * b[thread];
        }
    }

    /// <summary>A remainder and a quotient in the loop.</summary>
    public static void Division(ArrayView<float> a, ArrayView<float> b, ArrayView<float> c)
    {
        var thread = Group.IdxX;
        var sum = 0f;
        for (var k = 0; k < 64; k++) sum += a[(k + thread) % 48] * b[(k + thread) / 48];
        c[thread] = sum;
    }
}
