namespace ModelGen.Gpu;

/// <summary>
/// One input of the model on the device, with two staging arrays in turn: while the device still copies from and computes with one
/// batch, the host fills the other.
/// </summary>
internal interface IDeviceColumn : IDisposable
{
    /// <summary>Copies a batch's column to one of the two staging arrays; touches nothing the device may be using for the other turn.</summary>
    void Stage(Batch batch, int turn);

    /// <summary>Queues the copy from staging to the device. For a step that does not read the column, nothing is copied.</summary>
    void Send(Batch batch, int turn, bool isRead, GpuStep step);
}
