namespace ModelGen.Gpu;

/// <summary>A direction of a model's inputs and parameters on the device.</summary>
internal sealed class GpuDirection : IDisposable
{
    private readonly GpuLink _link;
    private readonly ModelInfo _info;
    private readonly IDeviceColumn[] _columns;
    private readonly DeviceArray<float> _parameters;
    private readonly StagedArray<float> _staged;
    private Batch? _still;

    public GpuDirection(GpuLink link, ModelInfo info)
    {
        (_link, _info) = (link, info);
        _parameters = new(link, "A direction of the parameters");
        _staged = new(link);
        var numbers = Enumerable.Range(0, info.Inputs.Count).Where(i => !info.Inputs[i].IsLabels).ToList();
        // The directions follow the inputs; labels have none.
        _columns = [.. numbers.Select((input, k) =>
            (IDeviceColumn)new DeviceColumn<float>(link, info.Inputs[input], batch => batch.Floats(input),
                (step, view) => step.SetInput(info.Inputs.Count + k, view)))];
    }

    /// <summary>Queues the copies, on the stream of batches; where nothing is given, nothing moves.</summary>
    public void Send(GpuStep step, Batch batch, Batch? inputs, ReadOnlySpan<float> parameters)
    {
        if (inputs is null)
        {
            if (_still is null || _still.Capacity < batch.Count)
            {
                _still?.Dispose();
                _still = new Batch(_info, batch.Capacity);
            }

            _still.Count = batch.Count;
            inputs = _still;
        }

        foreach (var column in _columns)
        {
            column.EnsureAtLeast(inputs.Capacity);
            column.Send(inputs, 0, step);
        }

        _parameters.EnsureAtLeast(_info.ParameterFloats);
        _staged.EnsureAtLeast(_info.ParameterFloats);
        if (parameters.IsEmpty)
            _staged.Span.Clear();
        else
            parameters.CopyTo(_staged.Span);
        _staged.CopyTo(_link.CopyStream, _parameters.View, _info.ParameterFloats);
        step.Tangents = _parameters.View;
    }

    public void Dispose()
    {
        _still?.Dispose();
        _parameters.Dispose();
        _staged.Dispose();
        foreach (var column in _columns)
            column.Dispose();
    }
}
