using ILGPU.Execution;

namespace ILGPU.Runtime;

/// <summary>
/// Loads explicitly grouped kernels of 1 to 14 parameters, always with a specialization; kernels that ILGPU groups by itself
/// have no loader here, as their branches are miscompiled at O2.
/// </summary>
public static class KernelLoaders
{
    /// <summary>Loads a kernel of 1 parameter; the launcher takes the stream.</summary>
    public static Action<AcceleratorStream, KernelConfig, T1> LoadKernel<T1>(
        this Accelerator accelerator, Action<T1> action, KernelSpecialization specialization)
        where T1 : struct
    {
        var kernel = new LoadedKernel(accelerator, action.Method, specialization);
        var resumable = kernel.CreateResumable<Func<T1, nint, int, int>>();
        return (stream, config, p1) => kernel.Enqueue(
            stream, config, new LaunchArguments(kernel).Add(p1),
            () => action(p1), resumable is null ? null : (frame, state) => resumable(p1, frame, state));
    }

    /// <summary>Loads a kernel of 1 parameter for the default stream.</summary>
    public static Action<KernelConfig, T1> LoadStreamKernel<T1>(
        this Accelerator accelerator, Action<T1> action, KernelSpecialization specialization)
        where T1 : struct
    {
        var kernel = accelerator.LoadKernel(action, specialization);
        return (config, p1) => kernel(accelerator.DefaultStream, config, p1);
    }

    /// <summary>Loads a kernel of 2 parameters; the launcher takes the stream.</summary>
    public static Action<AcceleratorStream, KernelConfig, T1, T2> LoadKernel<T1, T2>(
        this Accelerator accelerator, Action<T1, T2> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct
    {
        var kernel = new LoadedKernel(accelerator, action.Method, specialization);
        var resumable = kernel.CreateResumable<Func<T1, T2, nint, int, int>>();
        return (stream, config, p1, p2) => kernel.Enqueue(
            stream, config, new LaunchArguments(kernel).Add(p1).Add(p2),
            () => action(p1, p2), resumable is null ? null : (frame, state) => resumable(p1, p2, frame, state));
    }

    /// <summary>Loads a kernel of 2 parameters for the default stream.</summary>
    public static Action<KernelConfig, T1, T2> LoadStreamKernel<T1, T2>(
        this Accelerator accelerator, Action<T1, T2> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct
    {
        var kernel = accelerator.LoadKernel(action, specialization);
        return (config, p1, p2) => kernel(accelerator.DefaultStream, config, p1, p2);
    }

    /// <summary>Loads a kernel of 3 parameters; the launcher takes the stream.</summary>
    public static Action<AcceleratorStream, KernelConfig, T1, T2, T3> LoadKernel<T1, T2, T3>(
        this Accelerator accelerator, Action<T1, T2, T3> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct
    {
        var kernel = new LoadedKernel(accelerator, action.Method, specialization);
        var resumable = kernel.CreateResumable<Func<T1, T2, T3, nint, int, int>>();
        return (stream, config, p1, p2, p3) => kernel.Enqueue(
            stream, config, new LaunchArguments(kernel).Add(p1).Add(p2).Add(p3),
            () => action(p1, p2, p3), resumable is null ? null : (frame, state) => resumable(p1, p2, p3, frame, state));
    }

    /// <summary>Loads a kernel of 3 parameters for the default stream.</summary>
    public static Action<KernelConfig, T1, T2, T3> LoadStreamKernel<T1, T2, T3>(
        this Accelerator accelerator, Action<T1, T2, T3> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct
    {
        var kernel = accelerator.LoadKernel(action, specialization);
        return (config, p1, p2, p3) => kernel(accelerator.DefaultStream, config, p1, p2, p3);
    }

    /// <summary>Loads a kernel of 4 parameters; the launcher takes the stream.</summary>
    public static Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4> LoadKernel<T1, T2, T3, T4>(
        this Accelerator accelerator, Action<T1, T2, T3, T4> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct
    {
        var kernel = new LoadedKernel(accelerator, action.Method, specialization);
        var resumable = kernel.CreateResumable<Func<T1, T2, T3, T4, nint, int, int>>();
        return (stream, config, p1, p2, p3, p4) => kernel.Enqueue(
            stream, config, new LaunchArguments(kernel).Add(p1).Add(p2).Add(p3).Add(p4),
            () => action(p1, p2, p3, p4), resumable is null ? null : (frame, state) => resumable(p1, p2, p3, p4, frame, state));
    }

    /// <summary>Loads a kernel of 4 parameters for the default stream.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4> LoadStreamKernel<T1, T2, T3, T4>(
        this Accelerator accelerator, Action<T1, T2, T3, T4> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct
    {
        var kernel = accelerator.LoadKernel(action, specialization);
        return (config, p1, p2, p3, p4) => kernel(accelerator.DefaultStream, config, p1, p2, p3, p4);
    }

    /// <summary>Loads a kernel of 5 parameters; the launcher takes the stream.</summary>
    public static Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5> LoadKernel<T1, T2, T3, T4, T5>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct
    {
        var kernel = new LoadedKernel(accelerator, action.Method, specialization);
        var resumable = kernel.CreateResumable<Func<T1, T2, T3, T4, T5, nint, int, int>>();
        return (stream, config, p1, p2, p3, p4, p5) => kernel.Enqueue(
            stream, config, new LaunchArguments(kernel).Add(p1).Add(p2).Add(p3).Add(p4).Add(p5),
            () => action(p1, p2, p3, p4, p5), resumable is null ? null : (frame, state) => resumable(p1, p2, p3, p4, p5, frame, state));
    }

    /// <summary>Loads a kernel of 5 parameters for the default stream.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5> LoadStreamKernel<T1, T2, T3, T4, T5>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct
    {
        var kernel = accelerator.LoadKernel(action, specialization);
        return (config, p1, p2, p3, p4, p5) => kernel(accelerator.DefaultStream, config, p1, p2, p3, p4, p5);
    }

    /// <summary>Loads a kernel of 6 parameters; the launcher takes the stream.</summary>
    public static Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6> LoadKernel<T1, T2, T3, T4, T5, T6>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct
    {
        var kernel = new LoadedKernel(accelerator, action.Method, specialization);
        var resumable = kernel.CreateResumable<Func<T1, T2, T3, T4, T5, T6, nint, int, int>>();
        return (stream, config, p1, p2, p3, p4, p5, p6) => kernel.Enqueue(
            stream, config, new LaunchArguments(kernel).Add(p1).Add(p2).Add(p3).Add(p4).Add(p5).Add(p6),
            () => action(p1, p2, p3, p4, p5, p6), resumable is null ? null : (frame, state) => resumable(p1, p2, p3, p4, p5, p6, frame, state));
    }

    /// <summary>Loads a kernel of 6 parameters for the default stream.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6> LoadStreamKernel<T1, T2, T3, T4, T5, T6>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct
    {
        var kernel = accelerator.LoadKernel(action, specialization);
        return (config, p1, p2, p3, p4, p5, p6) => kernel(accelerator.DefaultStream, config, p1, p2, p3, p4, p5, p6);
    }

    /// <summary>Loads a kernel of 7 parameters; the launcher takes the stream.</summary>
    public static Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7> LoadKernel<T1, T2, T3, T4, T5, T6, T7>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct
    {
        var kernel = new LoadedKernel(accelerator, action.Method, specialization);
        var resumable = kernel.CreateResumable<Func<T1, T2, T3, T4, T5, T6, T7, nint, int, int>>();
        return (stream, config, p1, p2, p3, p4, p5, p6, p7) => kernel.Enqueue(
            stream, config, new LaunchArguments(kernel).Add(p1).Add(p2).Add(p3).Add(p4).Add(p5).Add(p6).Add(p7),
            () => action(p1, p2, p3, p4, p5, p6, p7), resumable is null ? null : (frame, state) => resumable(p1, p2, p3, p4, p5, p6, p7, frame, state));
    }

    /// <summary>Loads a kernel of 7 parameters for the default stream.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7> LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct
    {
        var kernel = accelerator.LoadKernel(action, specialization);
        return (config, p1, p2, p3, p4, p5, p6, p7) => kernel(accelerator.DefaultStream, config, p1, p2, p3, p4, p5, p6, p7);
    }

    /// <summary>Loads a kernel of 8 parameters; the launcher takes the stream.</summary>
    public static Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8> LoadKernel<T1, T2, T3, T4, T5, T6, T7, T8>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
    {
        var kernel = new LoadedKernel(accelerator, action.Method, specialization);
        var resumable = kernel.CreateResumable<Func<T1, T2, T3, T4, T5, T6, T7, T8, nint, int, int>>();
        return (stream, config, p1, p2, p3, p4, p5, p6, p7, p8) => kernel.Enqueue(
            stream, config, new LaunchArguments(kernel).Add(p1).Add(p2).Add(p3).Add(p4).Add(p5).Add(p6).Add(p7).Add(p8),
            () => action(p1, p2, p3, p4, p5, p6, p7, p8), resumable is null ? null : (frame, state) => resumable(p1, p2, p3, p4, p5, p6, p7, p8, frame, state));
    }

    /// <summary>Loads a kernel of 8 parameters for the default stream.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8> LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7, T8>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
    {
        var kernel = accelerator.LoadKernel(action, specialization);
        return (config, p1, p2, p3, p4, p5, p6, p7, p8) => kernel(accelerator.DefaultStream, config, p1, p2, p3, p4, p5, p6, p7, p8);
    }

    /// <summary>Loads a kernel of 9 parameters; the launcher takes the stream.</summary>
    public static Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9> LoadKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct
    {
        var kernel = new LoadedKernel(accelerator, action.Method, specialization);
        var resumable = kernel.CreateResumable<Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, nint, int, int>>();
        return (stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9) => kernel.Enqueue(
            stream, config, new LaunchArguments(kernel).Add(p1).Add(p2).Add(p3).Add(p4).Add(p5).Add(p6).Add(p7).Add(p8).Add(p9),
            () => action(p1, p2, p3, p4, p5, p6, p7, p8, p9),
            resumable is null ? null : (frame, state) => resumable(p1, p2, p3, p4, p5, p6, p7, p8, p9, frame, state));
    }

    /// <summary>Loads a kernel of 9 parameters for the default stream.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9> LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct
    {
        var kernel = accelerator.LoadKernel(action, specialization);
        return (config, p1, p2, p3, p4, p5, p6, p7, p8, p9) => kernel(accelerator.DefaultStream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9);
    }

    /// <summary>Loads a kernel of 10 parameters; the launcher takes the stream.</summary>
    public static Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> LoadKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct
    {
        var kernel = new LoadedKernel(accelerator, action.Method, specialization);
        var resumable = kernel.CreateResumable<Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, nint, int, int>>();
        return (stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10) => kernel.Enqueue(
            stream, config, new LaunchArguments(kernel).Add(p1).Add(p2).Add(p3).Add(p4).Add(p5).Add(p6).Add(p7).Add(p8).Add(p9).Add(p10),
            () => action(p1, p2, p3, p4, p5, p6, p7, p8, p9, p10),
            resumable is null ? null : (frame, state) => resumable(p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, frame, state));
    }

    /// <summary>Loads a kernel of 10 parameters for the default stream.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct
    {
        var kernel = accelerator.LoadKernel(action, specialization);
        return (config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10) => kernel(accelerator.DefaultStream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10);
    }

    /// <summary>Loads a kernel of 11 parameters; the launcher takes the stream.</summary>
    public static Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>
        LoadKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct where T11 : struct
    {
        var kernel = new LoadedKernel(accelerator, action.Method, specialization);
        var resumable = kernel.CreateResumable<Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, nint, int, int>>();
        return (stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11) => kernel.Enqueue(
            stream, config, new LaunchArguments(kernel).Add(p1).Add(p2).Add(p3).Add(p4).Add(p5).Add(p6).Add(p7).Add(p8).Add(p9).Add(p10).Add(p11),
            () => action(p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11),
            resumable is null ? null : (frame, state) => resumable(p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, frame, state));
    }

    /// <summary>Loads a kernel of 11 parameters for the default stream.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct where T11 : struct
    {
        var kernel = accelerator.LoadKernel(action, specialization);
        return (config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11) =>
            kernel(accelerator.DefaultStream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11);
    }

    /// <summary>Loads a kernel of 12 parameters; the launcher takes the stream.</summary>
    public static Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>
        LoadKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct where T11 : struct where T12 : struct
    {
        var kernel = new LoadedKernel(accelerator, action.Method, specialization);
        var resumable = kernel.CreateResumable<Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, nint, int, int>>();
        return (stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12) => kernel.Enqueue(
            stream, config, new LaunchArguments(kernel).Add(p1).Add(p2).Add(p3).Add(p4).Add(p5).Add(p6).Add(p7).Add(p8).Add(p9).Add(p10).Add(p11).Add(p12),
            () => action(p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12),
            resumable is null ? null : (frame, state) => resumable(p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, frame, state));
    }

    /// <summary>Loads a kernel of 12 parameters for the default stream.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct where T11 : struct where T12 : struct
    {
        var kernel = accelerator.LoadKernel(action, specialization);
        return (config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12) =>
            kernel(accelerator.DefaultStream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12);
    }

    /// <summary>Loads a kernel of 13 parameters; the launcher takes the stream.</summary>
    public static Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>
        LoadKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct where T11 : struct where T12 : struct where T13 : struct
    {
        var kernel = new LoadedKernel(accelerator, action.Method, specialization);
        var resumable = kernel.CreateResumable<Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, nint, int, int>>();
        return (stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13) => kernel.Enqueue(
            stream, config, new LaunchArguments(kernel).Add(p1).Add(p2).Add(p3).Add(p4).Add(p5).Add(p6).Add(p7).Add(p8).Add(p9).Add(p10).Add(p11)
                .Add(p12).Add(p13),
            () => action(p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13),
            resumable is null ? null : (frame, state) => resumable(p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, frame, state));
    }

    /// <summary>Loads a kernel of 13 parameters for the default stream.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>
        LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct where T11 : struct where T12 : struct where T13 : struct
    {
        var kernel = accelerator.LoadKernel(action, specialization);
        return (config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13) =>
            kernel(accelerator.DefaultStream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13);
    }

    /// <summary>Loads a kernel of 14 parameters; the launcher takes the stream.</summary>
    public static Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>
        LoadKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct where T11 : struct where T12 : struct where T13 : struct where T14 : struct
    {
        var kernel = new LoadedKernel(accelerator, action.Method, specialization);
        var resumable = kernel.CreateResumable<Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, nint, int, int>>();
        return (stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14) => kernel.Enqueue(
            stream, config, new LaunchArguments(kernel).Add(p1).Add(p2).Add(p3).Add(p4).Add(p5).Add(p6).Add(p7).Add(p8).Add(p9).Add(p10).Add(p11).Add(p12)
                .Add(p13).Add(p14),
            () => action(p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14),
            resumable is null ? null : (frame, state) => resumable(p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, frame, state));
    }

    /// <summary>Loads a kernel of 14 parameters for the default stream.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>
        LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>(
        this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> action, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct where T11 : struct where T12 : struct where T13 : struct where T14 : struct
    {
        var kernel = accelerator.LoadKernel(action, specialization);
        return (config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14) =>
            kernel(accelerator.DefaultStream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14);
    }
}
