namespace ModelGen;

/// <summary>Represents one named parameter or buffer of a <see cref="ParameterSet"/>. The spans alias the set's storage.</summary>
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

    /// <summary>Gets the name as PyTorch gives it.</summary>
    public string Path => _spec.Path;

    /// <summary>Gets the sizes of all axes.</summary>
    public IReadOnlyList<int> Shape => _spec.Shape;

    /// <summary>Gets the number of its floats.</summary>
    public int Length => _spec.Length;

    /// <summary>Gets a value indicating whether it is state that is not learned (running statistics).</summary>
    public bool IsBuffer { get; }

    /// <summary>Gets a value indicating whether an optimizer changes it.</summary>
    public bool IsTrainable => !IsBuffer && _spec.Trainable;

    /// <summary>Gets the full description.</summary>
    public ParameterSpec Spec => _spec;

    /// <summary>Gets the values, for writing. Getting this span counts as a change: get it anew for each round of writing.</summary>
    public Span<float> Values => (IsBuffer ? _set.Buffers : _set.Values).Slice(_spec.Offset, _spec.Length);

    /// <summary>Gets the values, for reading.</summary>
    public ReadOnlySpan<float> ReadOnlyValues =>
        (IsBuffer ? _set.ReadOnlyBuffers : _set.ReadOnlyValues).Slice(_spec.Offset, _spec.Length);

    /// <summary>Gets ∂loss/∂values of the last backward pass; it is empty for buffers.</summary>
    public Span<float> Gradients => IsBuffer ? [] : _set.Gradients.Slice(_spec.Offset, _spec.Length);

    /// <summary>Returns the name and the shape.</summary>
    public override string ToString() => _spec.ToString();
}
