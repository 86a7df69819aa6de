using System.Collections;
using System.Runtime.Intrinsics;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>
/// Represents the parameters of one model, their gradients and its buffers: three flat, 64-byte aligned arrays. Gaps between parameters are zero and stay zero.
/// </summary>
/// <remarks>
/// Reading is safe from several threads; writing is not safe while the model runs. A span stays valid as long as it is held: after <see cref="Dispose"/> it
/// is memory that no model reads any more. Every member but those that describe the model throws <see cref="ObjectDisposedException"/> then.
/// </remarks>
public sealed unsafe class ParameterSet : IReadOnlyCollection<ParameterView>, IDisposable
{
    private readonly Dictionary<string, ParameterView> _byPath = new(StringComparer.Ordinal);
    private readonly ParameterView[] _views;
    private ParameterArenas? _arenas;
    private int _version = 1;

    /// <summary>Initializes a new instance of the <see cref="ParameterSet"/> class: allocates the storage of a model and fills it from a seed.</summary>
    /// <param name="info">The model.</param>
    /// <param name="seed">Decides the initial values, together with each parameter's path.</param>
    /// <exception cref="ArgumentException">The description is inconsistent: a parameter lies outside the storage or a path occurs twice.</exception>
    public ParameterSet(ModelInfo info, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(info);
        Info = info;
        _views =
        [
            .. info.Parameters.Select(spec => View(spec, info.ParameterFloats, isBuffer: false)),
            .. info.Buffers.Select(spec => View(spec, info.BufferFloats, isBuffer: true)),
        ];
        foreach (var view in _views)
        {
            if (!_byPath.TryAdd(view.Path, view))
                throw new ArgumentException($"The model {info.Name} has two parameters called '{view.Path}'.", nameof(info));
        }

        _arenas = new ParameterArenas(info);
        TrainableRanges = FindTrainableRanges(info);
        Initialize(seed);
    }

    /// <summary>Gets the model these parameters belong to.</summary>
    public ModelInfo Info { get; }

    /// <summary>Gets the number of parameters and buffers.</summary>
    public int Count => _views.Length;

    /// <summary>Gets a number that changes whenever values or buffers may have changed.</summary>
    public int Version
    {
        get
        {
            _ = Arenas;
            return CurrentVersion;
        }
    }

    /// <summary>Gets all values, gaps included, for writing. Getting this span counts as a change: get it anew for each round of writing.</summary>
    public Span<float> Values
    {
        get
        {
            MarkChanged();
            return Arenas.Values.Span<float>(0, Info.ParameterFloats);
        }
    }

    /// <summary>Gets all values, gaps included, for reading.</summary>
    public ReadOnlySpan<float> ReadOnlyValues => Arenas.Values.Span<float>(0, Info.ParameterFloats);

    /// <summary>Gets ∂loss/∂values of the last backward pass, at the same offsets.</summary>
    public Span<float> Gradients => Arenas.Gradients.Span<float>(0, Info.ParameterFloats);

    /// <summary>Gets all buffers (running statistics), for writing. Getting this span counts as a change.</summary>
    public Span<float> Buffers
    {
        get
        {
            MarkChanged();
            return Arenas.Buffers.Span<float>(0, Info.BufferFloats);
        }
    }

    /// <summary>Gets all buffers (running statistics), for reading.</summary>
    public ReadOnlySpan<float> ReadOnlyBuffers => Arenas.Buffers.Span<float>(0, Info.BufferFloats);

    /// <summary>Gets the parameter or buffer with a name.</summary>
    /// <param name="path">The name as PyTorch gives it: <c>conv1.weight</c>.</param>
    /// <exception cref="ArgumentException">There is none; the message names the closest and all.</exception>
    public ParameterView this[string path]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(path);
            _ = Arenas;
            return _byPath.TryGetValue(path, out var view) ? view : throw Unknown(path);
        }
    }

    /// <summary>The stretches of the flat storage that are trained, gaps between their parameters included: each begins at a multiple of 16 and ends with its
    /// last parameter; whole vectors reach into the gap after it.</summary>
    internal (int Start, int End)[] TrainableRanges { get; }

    /// <summary>The threads of the model they belong to, for work on all of them; null where they belong to none.</summary>
    internal Team? Team { get; set; }

    /// <summary>The storage; whoever takes an address of it keeps it alive as long.</summary>
    internal ParameterArenas Arenas
    {
        get
        {
            var arenas = Volatile.Read(ref _arenas);
            ObjectDisposedException.ThrowIf(arenas is null, this);
            return arenas;
        }
    }

    /// <summary><see cref="MarkChanged"/>, also of a set that is being disposed.</summary>
    internal void NoteChange() => Volatile.Write(ref _version, _version + 1);   // One writer at a time, as for the values themselves.

    /// <summary><see cref="Version"/>, also of a set that is being disposed.</summary>
    internal int CurrentVersion => Volatile.Read(ref _version);

    /// <summary>Finds a parameter or buffer by name.</summary>
    /// <param name="path">The name.</param>
    /// <param name="view">The parameter, if there is one.</param>
    /// <returns><see langword="true"/> if there is one; otherwise, <see langword="false"/>.</returns>
    public bool TryGet(string path, out ParameterView view)
    {
        _ = Arenas;
        return _byPath.TryGetValue(path, out view);
    }

    /// <summary>Fills all parameters and buffers anew and clears the gradients.</summary>
    /// <param name="seed">Decides the values; each depends on the seed and its own path only.</param>
    public void Initialize(ulong seed)
    {
        foreach (var view in _views)
        {
            var rng = new Rng(seed, view.Path);
            view.Spec.Initializer.Fill(view.Values, ref rng);
        }

        Gradients.Clear();
    }

    /// <summary>Returns the Euclidean norm of the gradients of all trainable parameters together.</summary>
    public float GradientNorm()
    {
        var sum = 0.0;
        var gradients = Gradients;
        foreach (var (start, end) in TrainableRanges)
            sum += SumOfSquares(gradients[start..end]);
        return (float)Math.Sqrt(sum);
    }

    /// <summary>Multiplies all gradients by min(1, maxNorm / (norm + 1e-6)), where norm is <see cref="GradientNorm"/>.</summary>
    /// <param name="maxNorm">The norm not to exceed, more than 0.</param>
    /// <returns>The norm before.</returns>
    public float ClipGradients(float maxNorm)
    {
        Require.Positive(maxNorm);
        var norm = GradientNorm();
        var scale = maxNorm / (norm + 1e-6f);
        if (scale < 1)
        {
            var factor = Vector256.Create(scale);
            var arenas = Arenas;
            var gradients = arenas.Gradients.Floats;
            foreach (var (start, end) in TrainableRanges)
            {
                for (var i = start; i < end; i += 8)
                    (Vector256.LoadAligned(gradients + i) * factor).StoreAligned(gradients + i);
            }

            GC.KeepAlive(arenas);
        }

        return norm;
    }

    /// <summary>Brings each element of the gradients into [−limit, limit]; NaN stays.</summary>
    /// <param name="limit">More than 0.</param>
    public void ClipGradientValues(float limit)
    {
        Require.Positive(limit);
        var (low, high) = (Vector256.Create(-limit), Vector256.Create(limit));
        var arenas = Arenas;
        var gradients = arenas.Gradients.Floats;
        foreach (var (start, end) in TrainableRanges)
        {
            for (var i = start; i < end; i += 8)
            {
                // Selected by comparisons that are false for NaN, which stays.
                var value = Vector256.LoadAligned(gradients + i);
                value = Vector256.ConditionalSelect(Vector256.GreaterThan(value, high), high, value);
                Vector256.ConditionalSelect(Vector256.LessThan(value, low), low, value).StoreAligned(gradients + i);
            }
        }

        GC.KeepAlive(arenas);
    }

    /// <summary>Notes that values or buffers were changed through a span or pointer that had been taken before.</summary>
    public void MarkChanged()
    {
        _ = Arenas;
        NoteChange();
    }

    /// <summary>Releases the storage; the set is not usable afterwards. The memory is freed when no span and no running call refers to it any more.</summary>
    public void Dispose() => Volatile.Write(ref _arenas, null);

    /// <summary>Enumerates the parameters in the order of the declaration, then the buffers.</summary>
    public IEnumerator<ParameterView> GetEnumerator()
    {
        _ = Arenas;
        return ((IEnumerable<ParameterView>)_views).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Squares are summed in double: many small ones do not get lost beside a large one.</summary>
    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        var (even, odd) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i + 8 <= values.Length; i += 8)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(values.Slice(i, 8)));
            even += low * low;
            odd += high * high;
        }

        var sum = Vector256.Sum(even + odd);
        for (; i < values.Length; i++)
            sum += (double)values[i] * values[i];
        return sum;
    }

    private static (int Start, int End)[] FindTrainableRanges(ModelInfo info)
    {
        var ranges = new List<(int Start, int End)>();
        foreach (var spec in info.Parameters.Where(spec => spec.Trainable).OrderBy(spec => spec.Offset))
        {
            var end = spec.Offset + spec.Length;
            if (ranges.Count > 0 && (ranges[^1].End + 15) / 16 * 16 == spec.Offset)
                ranges[^1] = (ranges[^1].Start, end);
            else
                ranges.Add((spec.Offset, end));
        }

        return [.. ranges];
    }

    private ParameterView View(ParameterSpec spec, int floats, bool isBuffer) =>
        spec.Offset >= 0 && spec.Length >= 0 && spec.Offset % 16 == 0 && (long)spec.Offset + spec.Length <= floats
            ? new ParameterView(this, spec, isBuffer)
            : throw new ArgumentException(
                $"{spec} at {spec.Offset} with {spec.Length} floats does not lie aligned inside a storage of {floats} floats.", "info");

    private ArgumentException Unknown(string path)
    {
        if (_views.Length == 0)
            return new ArgumentException($"{Info.Name} has no parameter '{path}': it has none at all.", nameof(path));
        var closest = _views.MinBy(view => EditDistance.Between(view.Path, path)).Path;
        return new ArgumentException(
            $"{Info.Name} has no parameter '{path}'. The closest is '{closest}'; there are: {string.Join(", ", _views.Select(view => view.Path))}.",
            nameof(path));
    }
}
