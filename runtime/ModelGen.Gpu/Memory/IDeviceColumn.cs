namespace ModelGen.Gpu;

/// <summary>
/// One input of the model on the device, twice, with a staging array for each: while the device computes with one batch, the next is filled
/// in and travels.
/// </summary>
internal interface IDeviceColumn : IDisposable
{
    /// <summary>The bytes on the device that batches of a size take, less those that are there already.</summary>
    decimal BytesFor(int capacity);

    /// <summary>Makes room for batches of a size.</summary>
    void EnsureAtLeast(int capacity);

    /// <summary>Takes a batch's column over and queues its copy to the device. Nothing of this turn may be in use any more.</summary>
    void Send(Batch batch, int turn, GpuStep step);

    /// <summary>Hands the column to a step that does not read it.</summary>
    void Hand(int turn, GpuStep step);
}
