using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace ModelGen.Gpu.Tests.Double;

/// <summary>An accelerator of the double for one test.</summary>
public abstract class DoubleFixture : IDisposable
{
    protected static readonly KernelSpecialization UpTo1024 = new(1024, 1);

    readonly Context context = Context.Create(builder => builder.CPU(CPUDeviceKind.Nvidia).Optimize(OptimizationLevel.O2).EnableAlgorithms());

    protected DoubleFixture() => Accelerator = context.Devices[0].CreateAccelerator(context);

    protected Accelerator Accelerator { get; }

    public void Dispose()
    {
        Accelerator.Dispose();
        context.Dispose();
        GC.SuppressFinalize(this);
    }

    protected MemoryBuffer1D<float, Stride1D.Dense> Floats(params float[] values) => Accelerator.Allocate1D(values);

    protected static float[] Sequence(int count) => Enumerable.Range(0, count).Select(i => (float)i).ToArray();
}
