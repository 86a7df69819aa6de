namespace ILGPU.Runtime.CPU;

/// <summary>What a CPU device imitates; the double always imitates NVIDIA.</summary>
public enum CPUDeviceKind
{
    /// <summary>Warps of 4, groups of 16.</summary>
    Default,

    /// <summary>Warps of 32, groups of 1024.</summary>
    Nvidia,
}
