namespace ILGPU.Runtime;

/// <summary>Something kernels can run on.</summary>
public abstract class Device
{
    private protected Device(AcceleratorType type, string name) => (AcceleratorType, Name) = (type, name);

    /// <summary>What drives it.</summary>
    public AcceleratorType AcceleratorType { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Bytes of memory.</summary>
    public long MemorySize => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Starts it.</summary>
    public Accelerator CreateAccelerator(Context context) => new(context, this);
}
