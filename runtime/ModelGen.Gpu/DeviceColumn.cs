using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>
/// One input of the model on the device, with two staging arrays in turn: while the device still copies from and computes with one
/// batch, the host fills the other.
/// </summary>
internal sealed class DeviceColumn : IDisposable
{
    private readonly int _input;
    private readonly InputSpec _spec;
    private readonly DeviceArray<float> _floats;
    private readonly DeviceArray<int> _ints;
    private readonly StagedArray<float>[] _stagedFloats;
    private readonly StagedArray<int>[] _stagedInts;

    public DeviceColumn(Accelerator accelerator, AcceleratorStream stream, InputSpec spec, int input)
    {
        _spec = spec;
        _input = input;
        _floats = new DeviceArray<float>(accelerator, stream);
        _ints = new DeviceArray<int>(accelerator, stream);
        _stagedFloats = [new(accelerator, stream), new(accelerator, stream)];
        _stagedInts = [new(accelerator, stream), new(accelerator, stream)];
    }

    /// <summary>Copies a batch's column to one of the two staging arrays.</summary>
    public void Stage(Batch batch, int turn)
    {
        var length = Length(batch.Count);
        if (_spec.IsLabels)
        {
            _stagedInts[turn].EnsureAtLeast(Length(batch.Capacity));
            batch.Ints(_input)[..length].CopyTo(_stagedInts[turn].Span);
        }
        else
        {
            _stagedFloats[turn].EnsureAtLeast(Length(batch.Capacity));
            batch.Floats(_input)[..length].CopyTo(_stagedFloats[turn].Span);
        }
    }

    /// <summary>Queues the copy to the device and hands the column to the step.</summary>
    public void Send(Batch batch, int turn, GpuStep step)
    {
        var length = Length(batch.Count);
        if (_spec.IsLabels)
        {
            _ints.EnsureAtLeast(Length(batch.Capacity));
            _stagedInts[turn].CopyTo(_ints.View, length);
            step.SetInput(_input, _ints.View);
        }
        else
        {
            _floats.EnsureAtLeast(Length(batch.Capacity));
            _stagedFloats[turn].CopyTo(_floats.View, length);
            step.SetInput(_input, _floats.View);
        }
    }

    /// <summary>Hands the column to the step without filling it: for what a prediction does not read.</summary>
    public void SkipTo(Batch batch, GpuStep step)
    {
        if (_spec.IsLabels)
        {
            _ints.EnsureAtLeast(Length(batch.Capacity));
            step.SetInput(_input, _ints.View);
        }
        else
        {
            _floats.EnsureAtLeast(Length(batch.Capacity));
            step.SetInput(_input, _floats.View);
        }
    }

    public void Dispose()
    {
        _floats.Dispose();
        _ints.Dispose();
        foreach (var staged in _stagedFloats)
            staged.Dispose();
        foreach (var staged in _stagedInts)
            staged.Dispose();
    }

    private int Length(int samples) => _spec.HasBatch ? checked(samples * _spec.Length) : _spec.Length;
}
