namespace ModelGen.Gpu;

/// <summary>
/// The exception that is thrown when the device failed under a session: it was reset or unplugged, or a kernel ended it. What was only on the device is lost;
/// files, such as those of a <see cref="Checkpoint"/>, are whole. Open the device anew.
/// </summary>
public sealed class GpuLostException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="GpuLostException"/> class.</summary>
    /// <param name="device">The device.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="cause">The driver's answer.</param>
    public GpuLostException(string device, string model, Exception cause)
        : base(Text(device, model, cause), cause)
    {
    }

    private static string Text(string device, string model, Exception? cause) =>
        $"The device {device} failed under {model}: {cause?.Message.TrimEnd('.')}. What was only on it is lost; "
            + "a checkpoint that was written before is whole. Open the device anew.";
}
