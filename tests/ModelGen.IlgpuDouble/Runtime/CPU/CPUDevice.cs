namespace ILGPU.Runtime.CPU;

/// <summary>The double itself: NVIDIA's limits, on threads of this process.</summary>
public sealed class CPUDevice : Device
{
    internal CPUDevice()
        : base(AcceleratorType.CPU, "ILGPU test double") { }
}
