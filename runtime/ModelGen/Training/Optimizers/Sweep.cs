using System.Runtime.Intrinsics;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>One pass over parameters, gradients and up to three arrays of state. Elements do not depend on each other, so a large range is shared out to
/// threads and has the same bits for any number of them.</summary>
internal unsafe struct Sweep<TRule>
    where TRule : unmanaged, IUpdateRule
{
    // 64 KB of each array: some microseconds, and a task's share of the cache.
    private const int FloatsPerTask = 1 << 14;

    public TRule* Rule;
    public float* P;
    public float* G;
    public float* A;
    public float* B;
    public float* C;
    private int _start;
    private int _end;

    /// <summary>Sweeps from a multiple of 16 floats, in whole vectors: gaps belong to the range before them, hold zeros and stay zero.</summary>
    public void Run(Team? team, int start, int end)
    {
        if (team is null || end - start <= FloatsPerTask)
        {
            Part(start, end);
            return;
        }

        var shared = this;
        (shared._start, shared._end) = (start, end);
        team.Run(&Task, &shared, (end - start + FloatsPerTask - 1) / FloatsPerTask);
    }

    private static void Task(void* sweep, int task)
    {
        var own = (Sweep<TRule>*)sweep;
        var start = own->_start + task * FloatsPerTask;
        own->Part(start, Math.Min(start + FloatsPerTask, own->_end));
    }

    private void Part(int start, int end)
    {
        if (Vector512.IsHardwareAccelerated)
            Part512(*Rule, P, G, A, B, C, start, end);
        else
            Part256(*Rule, P, G, A, B, C, start, end);
    }

    private static void Part512(TRule rule, float* p, float* g, float* a, float* b, float* c, int start, int end)
    {
        var (va, vb, vc) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        for (var i = start; i < end; i += 16)
        {
            var value = Vector512.LoadAligned(p + i);
            if (a != null)
                va = Vector512.LoadAligned(a + i);
            if (b != null)
                vb = Vector512.LoadAligned(b + i);
            if (c != null)
                vc = Vector512.LoadAligned(c + i);
            rule.Apply(ref value, Vector512.LoadAligned(g + i), ref va, ref vb, ref vc);
            value.StoreAligned(p + i);
            if (a != null)
                va.StoreAligned(a + i);
            if (b != null)
                vb.StoreAligned(b + i);
            if (c != null)
                vc.StoreAligned(c + i);
        }
    }

    private static void Part256(TRule rule, float* p, float* g, float* a, float* b, float* c, int start, int end)
    {
        var (va, vb, vc) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (var i = start; i < end; i += 8)
        {
            var value = Vector256.LoadAligned(p + i);
            if (a != null)
                va = Vector256.LoadAligned(a + i);
            if (b != null)
                vb = Vector256.LoadAligned(b + i);
            if (c != null)
                vc = Vector256.LoadAligned(c + i);
            rule.Apply(ref value, Vector256.LoadAligned(g + i), ref va, ref vb, ref vc);
            value.StoreAligned(p + i);
            if (a != null)
                va.StoreAligned(a + i);
            if (b != null)
                vb.StoreAligned(b + i);
            if (c != null)
                vc.StoreAligned(c + i);
        }
    }
}
