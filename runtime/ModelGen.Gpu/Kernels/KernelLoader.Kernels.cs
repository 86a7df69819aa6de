using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>
/// Loads the kernels of a program. <see cref="GpuProgram.LoadKernels"/> names them, and the session then has all of them compiled, in that order, and handed to
/// the driver; that of CUDA compiles several at once.
/// </summary>
/// <remarks>
/// The order decides ILGPU's names in a kernel's text, and the driver keeps what it made of a text: name kernels always in the same order. A
/// launcher works from the end of loading on, and each call of it counts as a launch of the session.
/// </remarks>
public sealed partial class KernelLoader
{
    /// <summary>Loads an explicitly grouped kernel; the launcher takes the stream and the grid first.</summary>
    /// <param name="kernel">The kernel's method: static, and of public types.</param>
    /// <param name="specialization">The most threads of a group, and the fewest groups of a multiprocessor.</param>
    public Action<AcceleratorStream, KernelConfig, T1> LoadKernel<T1>(Action<T1> kernel, KernelSpecialization specialization)
        where T1 : struct
    {
        var slot = Add<Action<AcceleratorStream, KernelConfig, T1>>(kernel, specialization);
        return (stream, config, p1) => slot.Counted()(stream, config, p1);
    }

    /// <inheritdoc cref="LoadKernel{T1}"/>
    public Action<AcceleratorStream, KernelConfig, T1, T2> LoadKernel<T1, T2>(Action<T1, T2> kernel, KernelSpecialization specialization)
        where T1 : struct where T2 : struct
    {
        var slot = Add<Action<AcceleratorStream, KernelConfig, T1, T2>>(kernel, specialization);
        return (stream, config, p1, p2) => slot.Counted()(stream, config, p1, p2);
    }

    /// <inheritdoc cref="LoadKernel{T1}"/>
    public Action<AcceleratorStream, KernelConfig, T1, T2, T3> LoadKernel<T1, T2, T3>(Action<T1, T2, T3> kernel, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct
    {
        var slot = Add<Action<AcceleratorStream, KernelConfig, T1, T2, T3>>(kernel, specialization);
        return (stream, config, p1, p2, p3) => slot.Counted()(stream, config, p1, p2, p3);
    }

    /// <inheritdoc cref="LoadKernel{T1}"/>
    public Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4> LoadKernel<T1, T2, T3, T4>(Action<T1, T2, T3, T4> kernel,
        KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct
    {
        var slot = Add<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4>>(kernel, specialization);
        return (stream, config, p1, p2, p3, p4) => slot.Counted()(stream, config, p1, p2, p3, p4);
    }

    /// <inheritdoc cref="LoadKernel{T1}"/>
    public Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5> LoadKernel<T1, T2, T3, T4, T5>(Action<T1, T2, T3, T4, T5> kernel,
        KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct
    {
        var slot = Add<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5>>(kernel, specialization);
        return (stream, config, p1, p2, p3, p4, p5) => slot.Counted()(stream, config, p1, p2, p3, p4, p5);
    }

    /// <inheritdoc cref="LoadKernel{T1}"/>
    public Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6> LoadKernel<T1, T2, T3, T4, T5, T6>(Action<T1, T2, T3, T4, T5, T6> kernel,
        KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct
    {
        var slot = Add<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6>>(kernel, specialization);
        return (stream, config, p1, p2, p3, p4, p5, p6) => slot.Counted()(stream, config, p1, p2, p3, p4, p5, p6);
    }

    /// <inheritdoc cref="LoadKernel{T1}"/>
    public Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7> LoadKernel<T1, T2, T3, T4, T5, T6, T7>(Action<T1, T2, T3, T4, T5, T6, T7> kernel,
        KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct
    {
        var slot = Add<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7>>(kernel, specialization);
        return (stream, config, p1, p2, p3, p4, p5, p6, p7) => slot.Counted()(stream, config, p1, p2, p3, p4, p5, p6, p7);
    }

    /// <inheritdoc cref="LoadKernel{T1}"/>
    public Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8> LoadKernel<T1, T2, T3, T4, T5, T6, T7, T8>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8> kernel, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
    {
        var slot = Add<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8>>(kernel, specialization);
        return (stream, config, p1, p2, p3, p4, p5, p6, p7, p8) => slot.Counted()(stream, config, p1, p2, p3, p4, p5, p6, p7, p8);
    }

    /// <inheritdoc cref="LoadKernel{T1}"/>
    public Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9> LoadKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9> kernel, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct
    {
        var slot = Add<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9>>(kernel, specialization);
        return (stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9) => slot.Counted()(stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9);
    }

    /// <inheritdoc cref="LoadKernel{T1}"/>
    public Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> LoadKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> kernel, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct
    {
        var slot = Add<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>>(kernel, specialization);
        return (stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10) => slot.Counted()(stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10);
    }

    /// <inheritdoc cref="LoadKernel{T1}"/>
    public Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> LoadKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> kernel, KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct where T11 : struct
    {
        var slot = Add<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>>(kernel, specialization);
        return (stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11) => slot.Counted()(stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11);
    }

    /// <inheritdoc cref="LoadKernel{T1}"/>
    public Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>
        LoadKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>(Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> kernel,
            KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct where T11 : struct where T12 : struct
    {
        var slot = Add<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>>(kernel, specialization);
        return (stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12) =>
            slot.Counted()(stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12);
    }

    /// <inheritdoc cref="LoadKernel{T1}"/>
    public Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>
        LoadKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>(Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> kernel,
            KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct where T11 : struct where T12 : struct where T13 : struct
    {
        var slot = Add<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>>(kernel, specialization);
        return (stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13) =>
            slot.Counted()(stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13);
    }

    /// <inheritdoc cref="LoadKernel{T1}"/>
    public Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>
        LoadKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>(Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> kernel,
            KernelSpecialization specialization)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct where T6 : struct where T7 : struct where T8 : struct
        where T9 : struct where T10 : struct where T11 : struct where T12 : struct where T13 : struct where T14 : struct
    {
        var slot = Add<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>>(kernel, specialization);
        return (stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14) =>
            slot.Counted()(stream, config, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14);
    }
}
