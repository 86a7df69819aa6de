using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>A direction of a model's inputs and parameters on the device.</summary>
internal sealed class GpuDirection : IDisposable
{
    private readonly ModelInfo _info;
    private readonly IDeviceColumn[] _columns;
    private readonly DeviceArray<float> _parameters;
    private readonly StagedArray<float> _staged;
    private Batch? _still;

    public GpuDirection(Accelerator accelerator, AcceleratorStream stream, ModelInfo info)
    {
        _info = info;
        _parameters = new(accelerator, stream);
        _staged = new(accelerator, stream);
        var numbers = Enumerable.Range(0, info.Inputs.Count).Where(i => !info.Inputs[i].IsLabels).ToList();
        // The directions follow the inputs; labels have none.
        _columns = [.. numbers.Select((input, k) =>
            (IDeviceColumn)new DeviceColumn<float>(accelerator, stream, info.Inputs[input], batch => batch.Floats(input), (step, view) => step.SetInput(info.Inputs.Count + k, view)))];
    }

    /// <summary>Queues the copies; where nothing is given, nothing moves.</summary>
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
            column.Stage(inputs, 0);
            column.Send(inputs, 0, isRead: true, step);
        }

        _parameters.EnsureAtLeast(_info.ParameterFloats);
        _staged.EnsureAtLeast(_info.ParameterFloats);
        if (parameters.IsEmpty)
            _staged.Span.Clear();
        else
            parameters.CopyTo(_staged.Span);
        if (_info.ParameterFloats > 0)
            _staged.CopyTo(_parameters.View, _info.ParameterFloats);
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
