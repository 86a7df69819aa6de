using ILGPU;

namespace ModelGen.Gpu;

/// <summary>A column of one element type.</summary>
/// <param name="link">The session's way to the device.</param>
/// <param name="spec">The input.</param>
/// <param name="read">The column of a batch.</param>
/// <param name="hand">Hands the device's column to a step.</param>
internal sealed class DeviceColumn<T>(GpuLink link, InputSpec spec, ColumnOf<T> read, Action<GpuStep, ArrayView<T>> hand) : IDeviceColumn
    where T : unmanaged
{
    private readonly DeviceArray<T>[] _columns = [new(link, $"The column of '{spec.Name}'"), new(link, $"The column of '{spec.Name}'")];
    private readonly StagedArray<T>[] _staged = [new(link), new(link)];

    public decimal BytesFor(int capacity) => _columns[0].BytesFor(Length(capacity)) + _columns[1].BytesFor(Length(capacity));

    public void EnsureAtLeast(int capacity)
    {
        foreach (var column in _columns)
            column.EnsureAtLeast(Length(capacity));
        foreach (var staged in _staged)
            staged.EnsureAtLeast(Length(capacity));
    }

    public void Send(Batch batch, int turn, GpuStep step)
    {
        var length = Length(batch.Count);
        read(batch)[..length].CopyTo(_staged[turn].Span);
        _staged[turn].CopyTo(link.CopyStream, _columns[turn].View, length);
        Hand(turn, step);
    }

    public void Hand(int turn, GpuStep step) => hand(step, _columns[turn].View);

    public void Dispose()
    {
        foreach (var column in _columns)
            column.Dispose();
        foreach (var staged in _staged)
            staged.Dispose();
    }

    private int Length(int samples) => spec.HasBatch ? checked(samples * spec.Length) : spec.Length;
}
