using ModelGen.Gpu;

namespace ModelGen.Benchmarks.Suites;

/// <summary>A model where it is measured: on the processor, or in a session on a device.</summary>
internal sealed class PlacedModel : IDisposable
{
    readonly IModel _model;
    readonly GpuDevice? _device;
    readonly GpuSession<IGpuModel>? _session;
    long _launches, _toDevice, _fromDevice;

    /// <summary>Places it.</summary>
    /// <param name="model">The model; disposed with this.</param>
    /// <param name="device">What <see cref="GpuDevice.Open(string)"/> takes, or null for the processor.</param>
    public PlacedModel(IModel model, string? device)
    {
        _model = model;
        if (device is null)
            return;
        _device = GpuDevice.Open(device);
        _session = new GpuSession<IGpuModel>((IGpuModel)model, _device);
    }

    /// <summary>What computes.</summary>
    public IModel Net => _session is null ? _model : _session;

    /// <summary>The model as declared, whose class has what was emitted.</summary>
    public Type Type => _model.GetType();

    /// <summary>A training step: forward, backward and Adam, as a trainer makes them. On a device the loss is that of the step before, for the host
    /// reads it while the next computes.</summary>
    public Func<float> Training(Batch batch)
    {
        var adam = new Adam();
        uint step = 0;
        if (_session is null)
        {
            return () =>
            {
                float loss = _model.Backward(batch, step++);
                adam.Step(_model.Parameters);
                return loss;
            };
        }
        var total = new LossTotal(_session.Info);
        _session.BeginStep(batch, step++, adam, null);
        return () =>
        {
            _session.BeginStep(batch, step++, adam, null);
            return _session.EndStep(total);
        };
    }

    /// <summary>Counts launches and bytes from here on.</summary>
    public void StartCounting() =>
        (_launches, _toDevice, _fromDevice) = (_session?.LaunchCount ?? 0, _session?.BytesToDevice ?? 0, _session?.BytesFromDevice ?? 0);

    /// <summary>What the device did since then, in one call, for a line; nothing of the processor.</summary>
    public IEnumerable<(string Name, object Value)> Counted()
    {
        if (_session is null || _device is null)
            yield break;
        yield return ("device", _device.Name);
        yield return ("device_kernels", _session.KernelCount);
        yield return ("kernel_load_ms", Math.Round(_session.KernelLoadTime.TotalMilliseconds, 1));
        yield return ("launches", (int)(_session.LaunchCount - _launches));
        yield return ("bytes_to_device", (double)(_session.BytesToDevice - _toDevice));
        yield return ("bytes_from_device", (double)(_session.BytesFromDevice - _fromDevice));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session?.Dispose();
        _device?.Dispose();
        (_model as IDisposable)?.Dispose();
    }
}
