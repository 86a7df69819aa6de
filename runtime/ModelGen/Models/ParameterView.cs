namespace ModelGen;

/// <summary>One named parameter or buffer of a <see cref="ParameterSet"/>. The spans alias the set's storage.</summary>
public readonly struct ParameterView
{
    private readonly ParameterSet _set;
    private readonly ParameterSpec _spec;

    internal ParameterView(ParameterSet set, ParameterSpec spec, bool isBuffer)
    {
        _set = set;
        _spec = spec;
        IsBuffer = isBuffer;
    }

    /// <summary>The name as PyTorch gives it.</summary>
    public string Path => _spec.Path;

    /// <summary>The sizes of all axes.</summary>
    public IReadOnlyList<int> Shape => _spec.Shape;

    /// <summary>How many floats it has.</summary>
    public int Length => _spec.Length;

    /// <summary>Whether it is state that is not learned (running statistics).</summary>
    public bool IsBuffer { get; }

    /// <summary>Whether an optimizer changes it.</summary>
    public bool IsTrainable => !IsBuffer && _spec.Trainable;

    /// <summary>The full description.</summary>
    public ParameterSpec Spec => _spec;

    /// <summary>The values, to be written. Getting this span counts as a change: get it anew for each round of writing.</summary>
    public Span<float> Values => (IsBuffer ? _set.Buffers : _set.Values).Slice(_spec.Offset, _spec.Length);

    /// <summary>The values, to be read.</summary>
    public ReadOnlySpan<float> ReadOnlyValues =>
        (IsBuffer ? _set.ReadOnlyBuffers : _set.ReadOnlyValues).Slice(_spec.Offset, _spec.Length);

    /// <summary>∂loss/∂values of the last backward pass; empty for buffers.</summary>
    public Span<float> Gradients => IsBuffer ? [] : _set.Gradients.Slice(_spec.Offset, _spec.Length);

    /// <summary>Writes the name and the shape.</summary>
    public override string ToString() => _spec.ToString();
}
