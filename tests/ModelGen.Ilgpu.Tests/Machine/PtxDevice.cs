using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using ModelGen.Gpu;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>A device for ILGPU whose kernels are its PTX text, executed by <see cref="PtxMachine"/>.</summary>
[DeviceType(AcceleratorType.CPU)]
internal sealed class PtxDevice : Device
{
    public PtxDevice()
    {
        Name = "PTX machine";
        MemorySize = 1L << 30;
        MaxGridSize = new(int.MaxValue, 65535, 65535);
        MaxGroupSize = new(1024, 1024, 64);
        MaxNumThreadsPerGroup = 1024;
        MaxSharedMemoryPerGroup = 48 << 10;
        MaxConstantMemory = 64 << 10;
        WarpSize = 32;
        NumMultiprocessors = 132;
        MaxNumThreadsPerMultiprocessor = 2048;
    }

    /// <summary>Opens one for sessions.</summary>
    /// <param name="machine">What executes its kernels.</param>
    /// <param name="hasTensorCores">Whether kernels may use tensor cores.</param>
    public static GpuDevice Open(out PtxMachine machine, bool hasTensorCores = false)
    {
        var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).EnableAlgorithms().Profiling());
        var device = new GpuDevice(context, new PtxDevice(), GpuBackend.Cpu) { HasTensorCores = hasTensorCores };
        machine = ((PtxAccelerator)device.Accelerator).Machine;
        return device;
    }

    public override Accelerator CreateAccelerator(Context context) => new PtxAccelerator(context, this);
}
