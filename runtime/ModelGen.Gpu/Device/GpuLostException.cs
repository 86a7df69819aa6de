namespace ModelGen.Gpu;

/// <summary>
/// The device failed under a session: it was reset or unplugged, or a kernel ended it. What was only there is lost; files are whole, such as a
/// <see cref="Checkpoint"/>'s. Open the device anew.
/// </summary>
public sealed class GpuLostException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="device">The device.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="cause">The driver's answer.</param>
    public GpuLostException(string device, string model, Exception cause)
        : base(Text(device, model, cause), cause)
    {
    }

    private static string Text(string device, string model, Exception? cause) =>
        $"The device {device} failed under {model}: {cause?.Message.TrimEnd('.')}. What was only on it is lost; a checkpoint that was written before is whole. Open the device anew.";
}
