namespace ModelGen;

/// <summary>
/// Averages the weights of training and puts the average into the model at the end: an exponential moving average a ← d a + (1 − d) p after each step (EMA), or
/// the mean over the ends of epochs (SWA; Izmailov et al. 2018, "Averaging weights leads to wider optima").
/// </summary>
/// <remarks>
/// <para>Running statistics are averaged too. After SWA, Izmailov et al. compute those of batch norm anew; here they are the mean of the epochs'.</para>
/// <para>
/// <see cref="Apply"/> swaps the average and the weights of training at any time between steps: to evaluate or save the average while training goes on.
/// </para>
/// </remarks>
public sealed class WeightAverage : TrainerCallback
{
    private readonly double? _decay;
    private readonly int _startEpoch;
    private float[]? _values;
    private float[]? _buffers;
    private long _count;

    private WeightAverage(double? decay, int startEpoch) => (_decay, _startEpoch) = (decay, startEpoch);

    /// <summary>Gets how many steps (EMA) or epochs (SWA) are in the average.</summary>
    public long Count => _count;

    /// <summary>Gets a value indicating whether the average replaces the weights at the end of Fit, unless it is cancelled; the default is true.</summary>
    public bool ApplyAtEnd { get; init; } = true;

    /// <summary>Makes an exponential moving average, which begins as the weights after the first step.</summary>
    /// <param name="decay">d, in [0, 1).</param>
    public static WeightAverage Exponential(float decay = 0.999f) => new(Require.Decay(decay), 0);

    /// <summary>Makes the mean of the weights at the ends of epochs.</summary>
    /// <param name="startEpoch">The first epoch that counts, from 1.</param>
    public static WeightAverage Stochastic(int startEpoch) => new(null, Require.Positive(startEpoch));

    /// <summary>Checks that the weights of each step can be had.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="NotSupportedException">An average over steps of a model on a device, where the next step is under way when one is told.</exception>
    public override void OnStart(IModel model)
    {
        if (_decay is not null && model is IPipelinedTrainingDevice)
            throw new NotSupportedException("An average over steps needs the weights after each on the host; average over epochs (Stochastic) on a device.");
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingStep step)
    {
        if (_decay is { } decay)
            Add(Trainer!.Model.Parameters, _count == 0 ? 1 : 1 - decay);
    }

    /// <inheritdoc/>
    public override bool OnEpochEnd(IModel model, EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(epoch);
        if (_decay is null && epoch.Epoch >= _startEpoch)
            Add(model.Parameters, 1.0 / (_count + 1));
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd(IModel model, TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(history);
        if (ApplyAtEnd && _values is not null && !history.WasCancelled)
        {
            _values.CopyTo(model.Parameters.Values);
            _buffers.CopyTo(model.Parameters.Buffers);
        }
    }

    /// <summary>Puts the average into the model until the result is disposed, which puts the weights of training back.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="InvalidOperationException">Nothing has been averaged yet.</exception>
    public IDisposable Apply(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (_values is null || _buffers is null)
            throw new InvalidOperationException("Nothing has been averaged yet.");
        return new Swapped(model, _values, _buffers);
    }

    /// <inheritdoc/>
    public override void SaveState(TrainerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("count", _count);
        if (_values is null)
            return;
        state.Set("values", _values);
        state.Set("buffers", _buffers);
    }

    /// <inheritdoc/>
    public override void LoadState(TrainerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _count = state.Integer("count");
        _values = state.Array("values");
        _buffers = state.Array("buffers") ?? [];
    }

    private void Add(ParameterSet parameters, double share)
    {
        _values ??= new float[parameters.ReadOnlyValues.Length];
        _buffers ??= new float[parameters.ReadOnlyBuffers.Length];
        Mix(_values, parameters.ReadOnlyValues, (float)share);
        Mix(_buffers, parameters.ReadOnlyBuffers, (float)share);
        _count++;
    }

    private static void Mix(Span<float> average, ReadOnlySpan<float> values, float share)
    {
        if (share == 1)
        {
            values.CopyTo(average);
            return;
        }

        var i = 0;
        for (; i + System.Numerics.Vector<float>.Count <= average.Length; i += System.Numerics.Vector<float>.Count)
        {
            var old = new System.Numerics.Vector<float>(average[i..]);
            (old + (new System.Numerics.Vector<float>(values[i..]) - old) * share).CopyTo(average[i..]);
        }

        for (; i < average.Length; i++)
            average[i] += (values[i] - average[i]) * share;
    }

    private sealed class Swapped : IDisposable
    {
        private readonly IModel _model;
        private readonly float[] _values;
        private readonly float[] _buffers;
        private bool _isDisposed;

        public Swapped(IModel model, float[] values, float[] buffers)
        {
            (_model, _values, _buffers) = (model, model.Parameters.ReadOnlyValues.ToArray(), model.Parameters.ReadOnlyBuffers.ToArray());
            values.CopyTo(model.Parameters.Values);
            buffers.CopyTo(model.Parameters.Buffers);
        }

        public void Dispose()
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _values.CopyTo(_model.Parameters.Values);
            _buffers.CopyTo(_model.Parameters.Buffers);
        }
    }
}
