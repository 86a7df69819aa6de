namespace ModelGen.Runtime;

// Written by TeamForText in the tests.
public sealed unsafe partial class Team
{
    /// <summary>Calls kernel(from, to, from2, to2, n0, p0) for each part, of at most so many positions as the grain, of two axes.</summary>
    public void For2<T0>(
        delegate*<int, int, int, int, int, T0*, void> kernel,
        int extent, int grain, int extent2, int grain2, int n0, T0* p0)
        where T0 : unmanaged
    {
        if (IsOnePart(extent, grain) && IsOnePart(extent2, grain2))
        {
            kernel(0, extent, 0, extent2, n0, p0);
            return;
        }

        var work = new ForWork(extent, grain, extent2, grain2) { Kernel = kernel, N0 = n0, P0 = p0 };
        Run(&CallFor2With1And1, &work, work.Parts);
    }

    private static void CallFor2With1And1(void* work, int part)
    {
        var w = (ForWork*)work;
        var kernel = (delegate*<int, int, int, int, int, void*, void>)w->Kernel;
        kernel(w->FromOfTwo(part), w->ToOfTwo(part), w->From2(part), w->To2(part), w->N0, w->P0);
    }

    /// <summary>Calls kernel(from, to, from2, to2, n0, p0, p1) for each part, of at most so many positions as the grain, of two axes.</summary>
    public void For2<T0, T1>(
        delegate*<int, int, int, int, int, T0*, T1*, void> kernel,
        int extent, int grain, int extent2, int grain2, int n0, T0* p0, T1* p1)
        where T0 : unmanaged where T1 : unmanaged
    {
        if (IsOnePart(extent, grain) && IsOnePart(extent2, grain2))
        {
            kernel(0, extent, 0, extent2, n0, p0, p1);
            return;
        }

        var work = new ForWork(extent, grain, extent2, grain2) { Kernel = kernel, N0 = n0, P0 = p0, P1 = p1 };
        Run(&CallFor2With1And2, &work, work.Parts);
    }

    private static void CallFor2With1And2(void* work, int part)
    {
        var w = (ForWork*)work;
        var kernel = (delegate*<int, int, int, int, int, void*, void*, void>)w->Kernel;
        kernel(w->FromOfTwo(part), w->ToOfTwo(part), w->From2(part), w->To2(part), w->N0, w->P0, w->P1);
    }

    /// <summary>Calls kernel(from, to, from2, to2, n0, p0, …, p2) for each part, of at most so many positions as the grain, of two axes.</summary>
    public void For2<T0, T1, T2>(
        delegate*<int, int, int, int, int, T0*, T1*, T2*, void> kernel,
        int extent, int grain, int extent2, int grain2, int n0, T0* p0, T1* p1, T2* p2)
        where T0 : unmanaged where T1 : unmanaged where T2 : unmanaged
    {
        if (IsOnePart(extent, grain) && IsOnePart(extent2, grain2))
        {
            kernel(0, extent, 0, extent2, n0, p0, p1, p2);
            return;
        }

        var work = new ForWork(extent, grain, extent2, grain2) { Kernel = kernel, N0 = n0, P0 = p0, P1 = p1, P2 = p2 };
        Run(&CallFor2With1And3, &work, work.Parts);
    }

    private static void CallFor2With1And3(void* work, int part)
    {
        var w = (ForWork*)work;
        var kernel = (delegate*<int, int, int, int, int, void*, void*, void*, void>)w->Kernel;
        kernel(w->FromOfTwo(part), w->ToOfTwo(part), w->From2(part), w->To2(part), w->N0, w->P0, w->P1, w->P2);
    }

    /// <summary>Calls kernel(from, to, from2, to2, n0, p0, …, p3) for each part, of at most so many positions as the grain, of two axes.</summary>
    public void For2<T0, T1, T2, T3>(
        delegate*<int, int, int, int, int, T0*, T1*, T2*, T3*, void> kernel,
        int extent, int grain, int extent2, int grain2, int n0, T0* p0, T1* p1, T2* p2, T3* p3)
        where T0 : unmanaged where T1 : unmanaged where T2 : unmanaged where T3 : unmanaged
    {
        if (IsOnePart(extent, grain) && IsOnePart(extent2, grain2))
        {
            kernel(0, extent, 0, extent2, n0, p0, p1, p2, p3);
            return;
        }

        var work = new ForWork(extent, grain, extent2, grain2) { Kernel = kernel, N0 = n0, P0 = p0, P1 = p1, P2 = p2, P3 = p3 };
        Run(&CallFor2With1And4, &work, work.Parts);
    }

    private static void CallFor2With1And4(void* work, int part)
    {
        var w = (ForWork*)work;
        var kernel = (delegate*<int, int, int, int, int, void*, void*, void*, void*, void>)w->Kernel;
        kernel(w->FromOfTwo(part), w->ToOfTwo(part), w->From2(part), w->To2(part), w->N0, w->P0, w->P1, w->P2, w->P3);
    }

    /// <summary>Calls kernel(from, to, from2, to2, n0, p0, …, p4) for each part, of at most so many positions as the grain, of two axes.</summary>
    public void For2<T0, T1, T2, T3, T4>(
        delegate*<int, int, int, int, int, T0*, T1*, T2*, T3*, T4*, void> kernel,
        int extent, int grain, int extent2, int grain2, int n0, T0* p0, T1* p1, T2* p2, T3* p3, T4* p4)
        where T0 : unmanaged where T1 : unmanaged where T2 : unmanaged where T3 : unmanaged where T4 : unmanaged
    {
        if (IsOnePart(extent, grain) && IsOnePart(extent2, grain2))
        {
            kernel(0, extent, 0, extent2, n0, p0, p1, p2, p3, p4);
            return;
        }

        var work = new ForWork(extent, grain, extent2, grain2) { Kernel = kernel, N0 = n0, P0 = p0, P1 = p1, P2 = p2, P3 = p3, P4 = p4 };
        Run(&CallFor2With1And5, &work, work.Parts);
    }

    private static void CallFor2With1And5(void* work, int part)
    {
        var w = (ForWork*)work;
        var kernel = (delegate*<int, int, int, int, int, void*, void*, void*, void*, void*, void>)w->Kernel;
        kernel(w->FromOfTwo(part), w->ToOfTwo(part), w->From2(part), w->To2(part), w->N0, w->P0, w->P1, w->P2, w->P3, w->P4);
    }

    /// <summary>Calls kernel(from, to, from2, to2, n0, p0, …, p5) for each part, of at most so many positions as the grain, of two axes.</summary>
    public void For2<T0, T1, T2, T3, T4, T5>(
        delegate*<int, int, int, int, int, T0*, T1*, T2*, T3*, T4*, T5*, void> kernel,
        int extent, int grain, int extent2, int grain2, int n0, T0* p0, T1* p1, T2* p2, T3* p3, T4* p4, T5* p5)
        where T0 : unmanaged where T1 : unmanaged where T2 : unmanaged where T3 : unmanaged where T4 : unmanaged where T5 : unmanaged
    {
        if (IsOnePart(extent, grain) && IsOnePart(extent2, grain2))
        {
            kernel(0, extent, 0, extent2, n0, p0, p1, p2, p3, p4, p5);
            return;
        }

        var work = new ForWork(extent, grain, extent2, grain2) { Kernel = kernel, N0 = n0, P0 = p0, P1 = p1, P2 = p2, P3 = p3, P4 = p4, P5 = p5 };
        Run(&CallFor2With1And6, &work, work.Parts);
    }

    private static void CallFor2With1And6(void* work, int part)
    {
        var w = (ForWork*)work;
        var kernel = (delegate*<int, int, int, int, int, void*, void*, void*, void*, void*, void*, void>)w->Kernel;
        kernel(w->FromOfTwo(part), w->ToOfTwo(part), w->From2(part), w->To2(part), w->N0, w->P0, w->P1, w->P2, w->P3, w->P4, w->P5);
    }

    /// <summary>Calls kernel(from, to, from2, to2, n0, p0, …, p6) for each part, of at most so many positions as the grain, of two axes.</summary>
    public void For2<T0, T1, T2, T3, T4, T5, T6>(
        delegate*<int, int, int, int, int, T0*, T1*, T2*, T3*, T4*, T5*, T6*, void> kernel,
        int extent, int grain, int extent2, int grain2, int n0, T0* p0, T1* p1, T2* p2, T3* p3, T4* p4, T5* p5, T6* p6)
        where T0 : unmanaged where T1 : unmanaged where T2 : unmanaged where T3 : unmanaged where T4 : unmanaged where T5 : unmanaged
        where T6 : unmanaged
    {
        if (IsOnePart(extent, grain) && IsOnePart(extent2, grain2))
        {
            kernel(0, extent, 0, extent2, n0, p0, p1, p2, p3, p4, p5, p6);
            return;
        }

        var work = new ForWork(extent, grain, extent2, grain2)
        {
            Kernel = kernel,
            N0 = n0,
            P0 = p0,
            P1 = p1,
            P2 = p2,
            P3 = p3,
            P4 = p4,
            P5 = p5,
            P6 = p6,
        };
        Run(&CallFor2With1And7, &work, work.Parts);
    }

    private static void CallFor2With1And7(void* work, int part)
    {
        var w = (ForWork*)work;
        var kernel = (delegate*<int, int, int, int, int, void*, void*, void*, void*, void*, void*, void*, void>)w->Kernel;
        kernel(w->FromOfTwo(part), w->ToOfTwo(part), w->From2(part), w->To2(part), w->N0, w->P0, w->P1, w->P2, w->P3, w->P4, w->P5, w->P6);
    }

    /// <summary>Calls kernel(from, to, from2, to2, n0, p0, …, p7) for each part, of at most so many positions as the grain, of two axes.</summary>
    public void For2<T0, T1, T2, T3, T4, T5, T6, T7>(
        delegate*<int, int, int, int, int, T0*, T1*, T2*, T3*, T4*, T5*, T6*, T7*, void> kernel,
        int extent, int grain, int extent2, int grain2, int n0, T0* p0, T1* p1, T2* p2, T3* p3, T4* p4, T5* p5, T6* p6, T7* p7)
        where T0 : unmanaged where T1 : unmanaged where T2 : unmanaged where T3 : unmanaged where T4 : unmanaged where T5 : unmanaged
        where T6 : unmanaged where T7 : unmanaged
    {
        if (IsOnePart(extent, grain) && IsOnePart(extent2, grain2))
        {
            kernel(0, extent, 0, extent2, n0, p0, p1, p2, p3, p4, p5, p6, p7);
            return;
        }

        var work = new ForWork(extent, grain, extent2, grain2)
        {
            Kernel = kernel,
            N0 = n0,
            P0 = p0,
            P1 = p1,
            P2 = p2,
            P3 = p3,
            P4 = p4,
            P5 = p5,
            P6 = p6,
            P7 = p7,
        };
        Run(&CallFor2With1And8, &work, work.Parts);
    }

    private static void CallFor2With1And8(void* work, int part)
    {
        var w = (ForWork*)work;
        var kernel = (delegate*<int, int, int, int, int, void*, void*, void*, void*, void*, void*, void*, void*, void>)w->Kernel;
        kernel(w->FromOfTwo(part), w->ToOfTwo(part), w->From2(part), w->To2(part), w->N0, w->P0, w->P1, w->P2, w->P3, w->P4, w->P5, w->P6, w->P7);
    }

    /// <summary>Calls kernel(from, to, from2, to2, n0, p0, …, p8) for each part, of at most so many positions as the grain, of two axes.</summary>
    public void For2<T0, T1, T2, T3, T4, T5, T6, T7, T8>(
        delegate*<int, int, int, int, int, T0*, T1*, T2*, T3*, T4*, T5*, T6*, T7*, T8*, void> kernel,
        int extent, int grain, int extent2, int grain2, int n0, T0* p0, T1* p1, T2* p2, T3* p3, T4* p4, T5* p5, T6* p6, T7* p7, T8* p8)
        where T0 : unmanaged where T1 : unmanaged where T2 : unmanaged where T3 : unmanaged where T4 : unmanaged where T5 : unmanaged
        where T6 : unmanaged where T7 : unmanaged where T8 : unmanaged
    {
        if (IsOnePart(extent, grain) && IsOnePart(extent2, grain2))
        {
            kernel(0, extent, 0, extent2, n0, p0, p1, p2, p3, p4, p5, p6, p7, p8);
            return;
        }

        var work = new ForWork(extent, grain, extent2, grain2)
        {
            Kernel = kernel,
            N0 = n0,
            P0 = p0,
            P1 = p1,
            P2 = p2,
            P3 = p3,
            P4 = p4,
            P5 = p5,
            P6 = p6,
            P7 = p7,
            P8 = p8,
        };
        Run(&CallFor2With1And9, &work, work.Parts);
    }

    private static void CallFor2With1And9(void* work, int part)
    {
        var w = (ForWork*)work;
        var kernel = (delegate*<int, int, int, int, int, void*, void*, void*, void*, void*, void*, void*, void*, void*, void>)w->Kernel;
        kernel(w->FromOfTwo(part), w->ToOfTwo(part), w->From2(part), w->To2(part), w->N0, w->P0, w->P1, w->P2, w->P3, w->P4, w->P5, w->P6, w->P7,
            w->P8);
    }

    /// <summary>Calls kernel(from, to, from2, to2, n0, p0, …, p9) for each part, of at most so many positions as the grain, of two axes.</summary>
    public void For2<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9>(
        delegate*<int, int, int, int, int, T0*, T1*, T2*, T3*, T4*, T5*, T6*, T7*, T8*, T9*, void> kernel,
        int extent, int grain, int extent2, int grain2, int n0, T0* p0, T1* p1, T2* p2, T3* p3, T4* p4, T5* p5, T6* p6, T7* p7, T8* p8, T9* p9)
        where T0 : unmanaged where T1 : unmanaged where T2 : unmanaged where T3 : unmanaged where T4 : unmanaged where T5 : unmanaged
        where T6 : unmanaged where T7 : unmanaged where T8 : unmanaged where T9 : unmanaged
    {
        if (IsOnePart(extent, grain) && IsOnePart(extent2, grain2))
        {
            kernel(0, extent, 0, extent2, n0, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9);
            return;
        }

        var work = new ForWork(extent, grain, extent2, grain2)
        {
            Kernel = kernel,
            N0 = n0,
            P0 = p0,
            P1 = p1,
            P2 = p2,
            P3 = p3,
            P4 = p4,
            P5 = p5,
            P6 = p6,
            P7 = p7,
            P8 = p8,
            P9 = p9,
        };
        Run(&CallFor2With1And10, &work, work.Parts);
    }

    private static void CallFor2With1And10(void* work, int part)
    {
        var w = (ForWork*)work;
        var kernel = (delegate*<int, int, int, int, int, void*, void*, void*, void*, void*, void*, void*, void*, void*, void*, void>)w->Kernel;
        kernel(w->FromOfTwo(part), w->ToOfTwo(part), w->From2(part), w->To2(part), w->N0, w->P0, w->P1, w->P2, w->P3, w->P4, w->P5, w->P6, w->P7,
            w->P8, w->P9);
    }

    /// <summary>Calls kernel(from, to, from2, to2, n0, p0, …, p10) for each part, of at most so many positions as the grain, of two axes.</summary>
    public void For2<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(
        delegate*<int, int, int, int, int, T0*, T1*, T2*, T3*, T4*, T5*, T6*, T7*, T8*, T9*, T10*, void> kernel,
        int extent, int grain, int extent2, int grain2, int n0, T0* p0, T1* p1, T2* p2, T3* p3, T4* p4, T5* p5, T6* p6, T7* p7, T8* p8, T9* p9,
        T10* p10)
        where T0 : unmanaged where T1 : unmanaged where T2 : unmanaged where T3 : unmanaged where T4 : unmanaged where T5 : unmanaged
        where T6 : unmanaged where T7 : unmanaged where T8 : unmanaged where T9 : unmanaged where T10 : unmanaged
    {
        if (IsOnePart(extent, grain) && IsOnePart(extent2, grain2))
        {
            kernel(0, extent, 0, extent2, n0, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10);
            return;
        }

        var work = new ForWork(extent, grain, extent2, grain2)
        {
            Kernel = kernel,
            N0 = n0,
            P0 = p0,
            P1 = p1,
            P2 = p2,
            P3 = p3,
            P4 = p4,
            P5 = p5,
            P6 = p6,
            P7 = p7,
            P8 = p8,
            P9 = p9,
            P10 = p10,
        };
        Run(&CallFor2With1And11, &work, work.Parts);
    }

    private static void CallFor2With1And11(void* work, int part)
    {
        var w = (ForWork*)work;
        var kernel = (delegate*<int, int, int, int, int, void*, void*, void*, void*, void*, void*, void*, void*, void*, void*, void*, void>)w->Kernel;
        kernel(w->FromOfTwo(part), w->ToOfTwo(part), w->From2(part), w->To2(part), w->N0, w->P0, w->P1, w->P2, w->P3, w->P4, w->P5, w->P6, w->P7,
            w->P8, w->P9, w->P10);
    }

    /// <summary>Calls kernel(from, to, from2, to2, n0, p0, …, p11) for each part, of at most so many positions as the grain, of two axes.</summary>
    public void For2<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>(
        delegate*<int, int, int, int, int, T0*, T1*, T2*, T3*, T4*, T5*, T6*, T7*, T8*, T9*, T10*, T11*, void> kernel,
        int extent, int grain, int extent2, int grain2, int n0, T0* p0, T1* p1, T2* p2, T3* p3, T4* p4, T5* p5, T6* p6, T7* p7, T8* p8, T9* p9,
        T10* p10, T11* p11)
        where T0 : unmanaged where T1 : unmanaged where T2 : unmanaged where T3 : unmanaged where T4 : unmanaged where T5 : unmanaged
        where T6 : unmanaged where T7 : unmanaged where T8 : unmanaged where T9 : unmanaged where T10 : unmanaged where T11 : unmanaged
    {
        if (IsOnePart(extent, grain) && IsOnePart(extent2, grain2))
        {
            kernel(0, extent, 0, extent2, n0, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11);
            return;
        }

        var work = new ForWork(extent, grain, extent2, grain2)
        {
            Kernel = kernel,
            N0 = n0,
            P0 = p0,
            P1 = p1,
            P2 = p2,
            P3 = p3,
            P4 = p4,
            P5 = p5,
            P6 = p6,
            P7 = p7,
            P8 = p8,
            P9 = p9,
            P10 = p10,
            P11 = p11,
        };
        Run(&CallFor2With1And12, &work, work.Parts);
    }

    private static void CallFor2With1And12(void* work, int part)
    {
        var w = (ForWork*)work;
        var kernel = (delegate*<int, int, int, int, int, void*, void*, void*, void*, void*, void*, void*, void*, void*, void*, void*, void*,
            void>)w->Kernel;
        kernel(w->FromOfTwo(part), w->ToOfTwo(part), w->From2(part), w->To2(part), w->N0, w->P0, w->P1, w->P2, w->P3, w->P4, w->P5, w->P6, w->P7,
            w->P8, w->P9, w->P10, w->P11);
    }

    /// <summary>Calls kernel(from, to, from2, to2, n0, pointers) for each part, of at most so many positions as the grain, of two axes.</summary>
    public void For2(
        delegate*<int, int, int, int, int, float**, void> kernel,
        int extent, int grain, int extent2, int grain2, int n0, float** pointers)
    {
        if (IsOnePart(extent, grain) && IsOnePart(extent2, grain2))
        {
            kernel(0, extent, 0, extent2, n0, pointers);
            return;
        }

        var work = new ForWork(extent, grain, extent2, grain2) { Kernel = kernel, N0 = n0, P0 = pointers };
        Run(&CallFor2With1And1, &work, work.Parts);
    }
}
