using System.ComponentModel;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>
/// Accumulates the loss of many batches as if they were one: it does not depend on how a set is cut into them, whatever the loss divides by (samples,
/// positions, the weights of classes, the labels that are not ignored, or nothing).
/// </summary>
/// <remarks>
/// <para>
/// The compiler splits a loss into sums over the samples and a formula of them: <c>CrossEntropy(…, ignoreIndex: -100)</c> is one sum over another, a loss
/// made of several is a formula of the sums of each, and a penalty of parameters is the same in each batch. Each batch adds to the sums, in double precision;
/// the formula gives the loss.
/// </para>
/// <para>
/// A part of a loss that is no such formula is averaged over the batches, weighted by their samples: a maximum over the batch, or a sum of numbers that each
/// depend on the whole batch (a variance over it). That average does depend on the size of the batches. In training mode the sums are those of each batch
/// when it was trained, with its own dropout and batch statistics.
/// </para>
/// </remarks>
/// <param name="info">The model.</param>
public sealed class LossTotal(ModelInfo info)
{
    private readonly ModelInfo _info = info ?? throw new ArgumentNullException(nameof(info));
    private readonly double[] _sums = new double[Math.Max(info?.LossSums ?? 0, 1)];

    /// <summary>Gets the number of samples of the batches so far.</summary>
    public long Samples { get; private set; }

    /// <summary>
    /// Gets the loss of all samples so far. It is NaN before the first batch, and where it is a mean of nothing because every label was ignored.
    /// </summary>
    public float Loss => (float)Value(double.NaN);

    /// <summary>Gets a value indicating whether the loss is NaN only because it is a mean of nothing: it says nothing of the model.</summary>
    public bool IsOfNothing => double.IsNaN(Value(double.NaN)) && double.IsFinite(Value(0));

    /// <summary>Forgets all batches.</summary>
    public void Clear()
    {
        Array.Clear(_sums);
        Samples = 0;
    }

    /// <summary>Adds the batches of another total of the same model.</summary>
    /// <param name="other">The other total.</param>
    /// <exception cref="ArgumentException">It is of another model.</exception>
    public void Add(LossTotal other)
    {
        ArgumentNullException.ThrowIfNull(other);
        other.ThrowIfNotOf(_info);
        for (var i = 0; i < _sums.Length; i++)
            _sums[i] += other._sums[i];
        Samples += other.Samples;
    }

    /// <summary>Checks before a step that the total is the model's own.</summary>
    /// <param name="info">The model.</param>
    /// <exception cref="ArgumentException">The total is of another model: its sums are others.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void ThrowIfNotOf(ModelInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (!ReferenceEquals(info, _info))
            throw new ArgumentException($"The total is of {_info.Name}, not of this {info.Name}: make both from the same {nameof(ModelInfo)}.");
    }

    /// <summary>Adds a batch of a model that knows its mean loss alone.</summary>
    /// <param name="loss">The mean loss of the batch.</param>
    /// <param name="samples">How many samples it has.</param>
    public void Add(float loss, int samples)
    {
        if (_info.LossFormula is not null)
            throw new InvalidOperationException($"The loss of {_info.Name} is a formula of {_info.LossSums} sums: pass the total to Evaluate or Backward.");
        _sums[0] += (double)loss * samples;
        Samples += samples;
    }

    /// <summary>Adds a batch by the sums that <see cref="ModelInfo.LossFormula"/> reads.</summary>
    /// <param name="sums">One number for each of <see cref="ModelInfo.LossSums"/>.</param>
    /// <param name="samples">How many samples the batch has.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Add(ReadOnlySpan<float> sums, int samples)
    {
        for (var i = 0; i < sums.Length; i++)
            _sums[i] += sums[i];
        Samples += samples;
    }

    /// <summary>The sums so far, to be kept.</summary>
    internal ReadOnlySpan<double> Sums => _sums;

    /// <summary>Goes on from sums that were kept.</summary>
    internal void Restore(ReadOnlySpan<double> sums, long samples)
    {
        sums.CopyTo(_sums);
        Samples = samples;
    }

    private double Value(double ofNothing) =>
        Samples == 0 ? double.NaN : _info.LossFormula is { } formula ? formula(new LossSums(_sums, Samples, ofNothing)) : _sums[0] / Samples;
}
