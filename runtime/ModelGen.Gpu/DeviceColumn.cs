using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>A column of one element type.</summary>
/// <param name="accelerator">The device.</param>
/// <param name="stream">The session's stream.</param>
/// <param name="spec">The input.</param>
/// <param name="read">The column of a batch.</param>
/// <param name="hand">Hands the device's column to a step.</param>
internal sealed class DeviceColumn<T>(
    Accelerator accelerator, AcceleratorStream stream, InputSpec spec, ColumnOf<T> read, Action<GpuStep, ArrayView<T>> hand)
    : IDeviceColumn
    where T : unmanaged
{
    private readonly DeviceArray<T> _column = new(accelerator, stream);
    private readonly StagedArray<T>[] _staged = [new(accelerator, stream), new(accelerator, stream)];

    public void Stage(Batch batch, int turn)
    {
        _staged[turn].EnsureAtLeast(Length(batch.Capacity));
        read(batch)[..Length(batch.Count)].CopyTo(_staged[turn].Span);
    }

    public void Send(Batch batch, int turn, bool isRead, GpuStep step)
    {
        _column.EnsureAtLeast(Length(batch.Capacity));
        if (isRead)
            _staged[turn].CopyTo(_column.View, Length(batch.Count));
        hand(step, _column.View);
    }

    public void Dispose()
    {
        _column.Dispose();
        foreach (var staged in _staged)
            staged.Dispose();
    }

    private int Length(int samples) => spec.HasBatch ? checked(samples * spec.Length) : spec.Length;
}
