using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Parameters, gradients and buffers on the device, each one array with the host's offsets.</summary>
internal sealed class GpuArenas : IDisposable
{
    private readonly ModelInfo _info;
    private readonly DeviceArray<float> _parameters, _gradients, _buffers;
    private readonly StagedArray<float> _staged;

    public GpuArenas(GpuLink link, ModelInfo info)
    {
        _info = info;
        Link = link;
        _parameters = new(link, $"The parameters of {info.Name}");
        _gradients = new(link, $"The gradients of {info.Name}");
        _buffers = new(link, $"The running statistics of {info.Name}");
        _staged = new(link);
        link.Memory.ThrowIfShort(
            _parameters.BytesFor(info.ParameterFloats) + _gradients.BytesFor(info.ParameterFloats) + _buffers.BytesFor(info.BufferFloats),
            $"{info.Name} with its gradients");
        _parameters.EnsureAtLeast(info.ParameterFloats);
        _gradients.EnsureAtLeast(info.ParameterFloats);
        _buffers.EnsureAtLeast(info.BufferFloats);
        _staged.EnsureAtLeast(Math.Max(info.ParameterFloats, info.BufferFloats));
        // The optimizers sweep over the gaps too, and a step does not write them.
        _gradients.Clear();
        TrainableRanges = FindTrainableRanges(info);
    }

    public GpuLink Link { get; }

    public ArrayView<float> Parameters => _parameters.View;

    public ArrayView<float> Gradients => _gradients.View;

    public ArrayView<float> Buffers => _buffers.View;

    public int ParameterFloats => _info.ParameterFloats;

    /// <summary>The parts of the parameters that an optimizer may change, as few as there can be: mostly one.</summary>
    public IReadOnlyList<(int Offset, int Length)> TrainableRanges { get; }

    public void Upload(ParameterSet parameters)
    {
        Send(parameters.ReadOnlyValues, Parameters);
        Send(parameters.ReadOnlyBuffers, Buffers);
    }

    public void DownloadGradients(ParameterSet parameters) => Receive(Gradients, parameters.Gradients);

    public void DownloadParameters(ParameterSet parameters) => Receive(Parameters, parameters.Values);

    public void DownloadBuffers(ParameterSet parameters)
    {
        // Asking for the span to write counts as a change, and would have everything uploaded anew.
        if (_info.BufferFloats > 0)
            Receive(Buffers, parameters.Buffers);
    }

    public void Dispose()
    {
        _parameters.Dispose();
        _gradients.Dispose();
        _buffers.Dispose();
        _staged.Dispose();
    }

    private void Send(ReadOnlySpan<float> source, ArrayView<float> target)
    {
        if (source.IsEmpty)
            return;
        source.CopyTo(_staged.Span);
        _staged.CopyTo(Link.Stream, target, source.Length);
        // The staging array is filled anew right after this.
        Link.Stream.Synchronize();
    }

    private void Receive(ArrayView<float> source, Span<float> target)
    {
        if (target.IsEmpty)
            return;
        _staged.CopyFrom(Link.Stream, source, target.Length);
        Link.Stream.Synchronize();
        _staged.Span[..target.Length].CopyTo(target);
    }

    private static List<(int Offset, int Length)> FindTrainableRanges(ModelInfo info)
    {
        var ranges = new List<(int Offset, int Length)>();
        var extends = false;
        foreach (var spec in info.Parameters.OrderBy(spec => spec.Offset))
        {
            if (!spec.Trainable)
            {
                extends = false;
                continue;
            }

            if (extends)
                ranges[^1] = (ranges[^1].Offset, spec.Offset + spec.Length - ranges[^1].Offset);
            else
                ranges.Add((spec.Offset, spec.Length));
            extends = true;
        }

        return ranges;
    }
}
