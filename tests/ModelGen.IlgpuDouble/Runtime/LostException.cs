namespace ILGPU.Runtime;

/// <summary>What each call of a device answers after <see cref="Accelerator.Lose"/>.</summary>
public sealed class LostException() : AcceleratorException("the device has fallen off the bus")
{
    /// <inheritdoc/>
    public override AcceleratorType AcceleratorType => AcceleratorType.CPU;
}
