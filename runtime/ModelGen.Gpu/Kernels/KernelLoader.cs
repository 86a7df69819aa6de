using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <content>How loading goes.</content>
public sealed partial class KernelLoader
{
    private readonly GpuLink _link;
    private readonly List<ISlot> _waiting = [];
    private readonly List<IDisposable> _constants = [];

    internal KernelLoader(GpuLink link, bool hasTensorCores = false) => (_link, HasTensorCores) = (link, hasTensorCores);

    private interface ISlot
    {
        MethodInfo Method { get; }

        KernelSpecialization Specialization { get; }

        void Attach(Kernel kernel);
    }

    /// <summary>Gets whether kernels may be loaded that multiply on tensor cores (<see cref="GpuDevice.HasTensorCores"/>).</summary>
    public bool HasTensorCores { get; }

    /// <summary>Copies numbers of the program to the device's memory. They are freed with the session.</summary>
    /// <param name="values">The numbers.</param>
    public MemoryBuffer1D<float, Stride1D.Dense> Allocate1D(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var buffer = _link.Accelerator.Allocate1D(values);
        _constants.Add(buffer);
        return buffer;
    }

    /// <summary>Loads what was named since the last call.</summary>
    internal void Load()
    {
        var started = Stopwatch.GetTimestamp();
        // One after the other, since ILGPU's text of a kernel has numbers that go on from the one before.
        var compiled = new (ISlot Slot, Kernel? Kernel, CompiledKernel? Text)[_waiting.Count];
        for (var i = 0; i < compiled.Length; i++)
        {
            var slot = _waiting[i];
            var kernel = _link.Kernels.Find(slot.Method, slot.Specialization);
            compiled[i] = (slot, kernel, kernel is null ? Compile(slot) : null);
        }

        // CUDA's compiler takes most of the time, and several calls of it run at once. PoCL's has one lock: two threads took 4.3 s for 13 kernels, one 3.4 s.
        // The simulator has none.
        var workers =
            new ParallelOptions { MaxDegreeOfParallelism = _link.Accelerator.AcceleratorType == AcceleratorType.Cuda ? Environment.ProcessorCount : 1 };
        try
        {
            Parallel.For(0, compiled.Length, workers, i => Attach(compiled[i]));
        }
        catch (AggregateException e) when (e.InnerException is not null)
        {
            throw e.InnerException;
        }

        _link.KernelCount += compiled.Length;
        _link.KernelLoadTime += Stopwatch.GetElapsedTime(started);
        _waiting.Clear();
    }

    internal void DisposeConstants()
    {
        foreach (var buffer in _constants)
            buffer.Dispose();
        _constants.Clear();
    }

    private CompiledKernel Compile(ISlot slot)
    {
        try
        {
            var text = _link.Accelerator.CompileKernel(EntryPointDescription.FromExplicitlyGroupedKernel(slot.Method), slot.Specialization);
            BarrierFence.Complete(text);
            return text;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or NotSupportedException))
        {
            throw new InvalidOperationException($"ILGPU does not compile the kernel {Name(slot)}: {e.GetBaseException().Message}", e);
        }
    }

    private void Attach((ISlot Slot, Kernel? Kernel, CompiledKernel? Text) item)
    {
        try
        {
            using var binding = _link.Accelerator.BindScoped();
            item.Slot.Attach(item.Kernel ?? _link.Kernels.Add(item.Slot.Method, item.Slot.Specialization, _link.Accelerator.LoadKernel(item.Text!)));
        }
        catch (AcceleratorException e)
        {
            throw new InvalidOperationException($"The driver does not load the kernel {Name(item.Slot)}: {e.Message}", e);
        }
    }

    private static string Name(ISlot slot) => $"{slot.Method.Name} of {slot.Method.DeclaringType?.Namespace}";

    private Slot<T> Add<T>(Delegate kernel, KernelSpecialization specialization)
        where T : Delegate
    {
        ArgumentNullException.ThrowIfNull(kernel);
        var slot = new Slot<T>(_link, kernel.Method, specialization);
        _waiting.Add(slot);
        return slot;
    }

    private sealed class Slot<T>(GpuLink link, MethodInfo method, KernelSpecialization specialization) : ISlot
        where T : Delegate
    {
        private T? _launch;

        public MethodInfo Method => method;

        public KernelSpecialization Specialization => specialization;

        public void Attach(Kernel kernel) => _launch = kernel.CreateLauncherDelegate<T>();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Counted()
        {
            if (_launch is null)
                throw new InvalidOperationException($"The kernel {method.Name} is launched before its loading has ended.");
            link.Launches++;
            return _launch;
        }
    }
}
