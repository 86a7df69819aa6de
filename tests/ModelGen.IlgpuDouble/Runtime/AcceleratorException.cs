namespace ILGPU.Runtime;

/// <summary>A failure that a driver reports.</summary>
public abstract class AcceleratorException(string message) : Exception(message)
{
    /// <summary>Which kind of driver.</summary>
    public abstract AcceleratorType AcceleratorType { get; }
}
