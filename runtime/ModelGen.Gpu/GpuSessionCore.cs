using ModelGen.Runtime;
using System.ComponentModel;
using System.Globalization;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>The part of <see cref="GpuSession{TModel}"/> that does not depend on the model's type.</summary>
/// <remarks>
/// Calls from several threads are safe and run one after the other; after <see cref="Dispose"/>, or after the device was disposed, each throws
/// <see cref="ObjectDisposedException"/>. Nothing is allocated on the device after the first call at the
/// largest batch capacity.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class GpuSessionCore : ITrainingDevice, IJvpModel, IDisposable
{
    private readonly object _gate = new();
    private readonly IModel _model;
    private readonly GpuProgram _program;
    private readonly AcceleratorStream _stream;
    private readonly GpuArenas _arenas;
    private readonly IDeviceColumn[] _columns;
    private readonly DeviceArray<float> _workspace, _output, _loss;
    private readonly StagedArray<float> _stagedOutput, _stagedLoss;
    private readonly GpuStep _step;
    private Optimizer? _hostOptimizer;
    private GpuOptimizer? _deviceOptimizer;
    private int _turn;
    private int _uploadedVersion;
    private bool _isDeviceAhead;
    private bool _isDisposed;

    private protected GpuSessionCore(IGpuModel model, GpuDevice device)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(device);
        _model = model;
        Device = device;
        var accelerator = device.Accelerator;
        _program = model.CreateGpuProgram();
        _program.LoadKernels(accelerator);
        _stream = accelerator.CreateStream();
        _arenas = new GpuArenas(accelerator, _stream, Info);
        _workspace = new(accelerator, _stream);
        _output = new(accelerator, _stream);
        _loss = new(accelerator, _stream);
        _stagedOutput = new(accelerator, _stream);
        _stagedLoss = new(accelerator, _stream);
        _loss.EnsureAtLeast(1 + Info.LossSums);
        _stagedLoss.EnsureAtLeast(1 + Info.LossSums);
        _step = new GpuStep(_stream, Info.Inputs.Count)
        {
            Parameters = _arenas.Parameters,
            Gradients = _arenas.Gradients,
            Buffers = _arenas.Buffers,
            Loss = _loss.View,
        };
        _columns = [.. Info.Inputs.Select(MakeColumn)];
        Upload();

        IDeviceColumn MakeColumn(InputSpec spec, int input) => spec.IsLabels
            ? new DeviceColumn<int>(accelerator, _stream, spec, batch => batch.Ints(input), (step, view) => step.SetInput(input, view))
            : new DeviceColumn<float>(accelerator, _stream, spec, batch => batch.Floats(input), (step, view) => step.SetInput(input, view));
    }

    /// <summary>The device.</summary>
    public GpuDevice Device { get; }

    /// <inheritdoc/>
    public ModelInfo Info => _model.Info;

    /// <summary>The parameters on the host, downloaded first if the device has newer ones.</summary>
    public ParameterSet Parameters
    {
        get
        {
            lock (_gate)
            {
                ThrowIfDisposed();
                if (_isDeviceAhead)
                    Download();
                return HostParameters;
            }
        }
    }

    /// <summary>The model's threads on the host; the device does not use them.</summary>
    public int Threads
    {
        get
        {
            ThrowIfDisposed();
            return _model.Threads;
        }

        set
        {
            ThrowIfDisposed();
            _model.Threads = value;
        }
    }

    /// <summary>Copies parameters and running statistics to the device; what the device had is lost.</summary>
    public void Upload()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            _uploadedVersion = HostParameters.Version;
            _arenas.Upload(HostParameters);
            _isDeviceAhead = false;
        }
    }

    /// <summary>Copies parameters, gradients and running statistics to <see cref="Parameters"/>.</summary>
    public void Download()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            _arenas.DownloadGradients(HostParameters);
            _arenas.DownloadBuffers(HostParameters);
            _arenas.DownloadParameters(HostParameters);
            _uploadedVersion = HostParameters.Version;
            _isDeviceAhead = false;
        }
    }

    /// <summary>
    /// Training-mode forward, loss and backward; the optimizer is the caller's and on the host. Overwrites the gradients of
    /// <see cref="Parameters"/> and updates its running statistics.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="stepSeed">Decides the dropout masks.</param>
    /// <returns>The mean loss.</returns>
    public float Backward(Batch batch, uint stepSeed) => Backward(batch, stepSeed, null);

    /// <inheritdoc cref="Backward(Batch, uint)"/>
    /// <param name="batch">The batch.</param>
    /// <param name="stepSeed">Decides the dropout masks.</param>
    /// <param name="total">Receives the batch, if there is one.</param>
    public float Backward(Batch batch, uint stepSeed, LossTotal? total)
    {
        CheckTrainable(batch);
        total?.ThrowIfNotOf(Info);
        lock (_gate)
        {
            if (_isDeviceAhead)
                Download();
            Begin(batch, stepSeed, forPrediction: false);
            _program.Train(_step);
            QueueLoss();
            _arenas.DownloadGradients(HostParameters);
            _arenas.DownloadBuffers(HostParameters);
            _stream.Synchronize();
            _uploadedVersion = HostParameters.Version;
            AddTo(total, batch.Count);
            return _stagedLoss.Span[0];
        }
    }

    /// <summary>
    /// One whole training step on the device, optimizer included. Returns when the batch has been taken over, before the device has
    /// finished: the batch may be refilled at once.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="stepSeed">Decides the dropout masks.</param>
    /// <param name="optimizer">The optimizer; it keeps its state on the device and serves one session only.</param>
    /// <exception cref="InvalidOperationException">The parameters were changed on the host while the device has newer ones.</exception>
    public void TrainStep(Batch batch, uint stepSeed, GpuOptimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        CheckTrainable(batch);
        lock (_gate)
        {
            ThrowIfDisposed();
            optimizer.Attach(_arenas);
            Begin(batch, stepSeed, forPrediction: false);
            _program.Train(_step);
            optimizer.Step();
            QueueLoss();
            _isDeviceAhead = true;
        }
    }

    /// <summary>
    /// One whole training step for a <see cref="Trainer{TModel}"/>. <see cref="Sgd"/>, <see cref="Adam"/> and <see cref="AdamW"/> run on
    /// the device, with their state there; any other optimizer runs on the host, which costs the way of gradients and parameters.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="stepSeed">Decides the dropout masks.</param>
    /// <param name="optimizer">The rule and its numbers. Another object than before starts with fresh state.</param>
    /// <param name="gradientClipNorm">The largest norm of all gradients together, if there is one.</param>
    /// <returns>The mean loss of the batch before the step.</returns>
    public float TrainStep(Batch batch, uint stepSeed, Optimizer optimizer, float? gradientClipNorm) =>
        TrainStep(batch, stepSeed, optimizer, gradientClipNorm, null);

    /// <inheritdoc cref="TrainStep(Batch, uint, Optimizer, float?)"/>
    /// <param name="batch">The batch.</param>
    /// <param name="stepSeed">Decides the dropout masks.</param>
    /// <param name="optimizer">The rule and its numbers. Another object than before starts with fresh state.</param>
    /// <param name="gradientClipNorm">The largest norm of all gradients together, if there is one.</param>
    /// <param name="total">Receives the batch, if there is one.</param>
    public float TrainStep(Batch batch, uint stepSeed, Optimizer optimizer, float? gradientClipNorm, LossTotal? total)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        total?.ThrowIfNotOf(Info);
        lock (_gate)
        {
            ThrowIfDisposed();
            if (_hostOptimizer != optimizer)
            {
                _deviceOptimizer?.Dispose();
                _deviceOptimizer = GpuOptimizer.For(optimizer);
                _hostOptimizer = optimizer;
            }

            if (_deviceOptimizer is null)
            {
                var loss = Backward(batch, stepSeed, total);
                // A batch that counts nothing moves nothing.
                if (!float.IsFinite(loss))
                    return loss;
                if (gradientClipNorm is { } norm)
                    HostParameters.ClipGradients(norm);
                optimizer.Step(HostParameters);
                return loss;
            }

            _deviceOptimizer.LearningRate = optimizer.LearningRate;
            _deviceOptimizer.GradientClipNorm = gradientClipNorm ?? float.PositiveInfinity;
            TrainStep(batch, stepSeed, _deviceOptimizer);
            var ofBatch = ReadLoss();
            AddTo(total, batch.Count);
            return ofBatch;
        }
    }

    /// <summary>Waits for the device and reads the mean loss of the last step: some 10 µs, so not worth it for each step.</summary>
    public float ReadLoss()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            _stream.Synchronize();
            return _stagedLoss.Span[0];
        }
    }

    /// <inheritdoc/>
    public float Evaluate(Batch batch, Span<float> output) => Forward(batch, output, withLoss: Info.HasLoss, mayBeEmpty: true);

    /// <inheritdoc/>
    public float Evaluate(Batch batch, Span<float> output, LossTotal total) => Forward(batch, output, withLoss: Info.HasLoss, mayBeEmpty: true, total);

    /// <inheritdoc/>
    public void Predict(Batch batch, Span<float> output) => Forward(batch, output, withLoss: false, mayBeEmpty: false);

    /// <summary>Downloads the parameters if the device has newer ones, and frees the session's memory; the model stays usable.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            if (Device.IsDisposed)
            {
                // Its memory went with the device, and what was only there is lost.
                _isDisposed = true;
                GC.SuppressFinalize(this);
                return;
            }

            try
            {
                if (_isDeviceAhead)
                    Download();
            }
            catch (ObjectDisposedException)
            {
                // The model went first: nobody is left to read what is only here.
            }

            _isDisposed = true;
            _stream.Synchronize();
            _direction?.Dispose();
            _deviceOptimizer?.Dispose();
            _arenas.Dispose();
            _workspace.Dispose();
            _output.Dispose();
            _loss.Dispose();
            _stagedOutput.Dispose();
            _stagedLoss.Dispose();
            foreach (var column in _columns)
                column.Dispose();
            _stream.Dispose();
            GC.SuppressFinalize(this);
        }
    }

    private ParameterSet HostParameters => _model.Parameters;

    private void ThrowIfDisposed()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ObjectDisposedException.ThrowIf(Device.IsDisposed, Device);
    }

    private float Forward(Batch batch, Span<float> output, bool withLoss, bool mayBeEmpty, LossTotal? total = null)
    {
        Check(batch, forPrediction: !withLoss);
        total?.ThrowIfNotOf(Info);
        var length = (long)batch.Count * Info.OutputLength;
        if (output.Length < length && !(mayBeEmpty && output.IsEmpty))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The output of {Info.Name} for {batch.Count} samples is {batch.Count}×{Info.OutputLength} = {length} floats; the span has {output.Length}."),
                nameof(output));
        }

        lock (_gate)
        {
            Begin(batch, 0, forPrediction: !withLoss);
            if (withLoss)
                _program.Score(_step);
            else
                _program.Infer(_step);
            if (!output.IsEmpty)
            {
                _stagedOutput.EnsureAtLeast(length);
                _stagedOutput.CopyFrom(_output.View, length);
            }

            if (withLoss)
                QueueLoss();
            _stream.Synchronize();
            if (!output.IsEmpty)
                OutputRows.Fill(Info, _stagedOutput.Span, batch.Count, output);
            if (!withLoss)
                return float.NaN;
            AddTo(total, batch.Count);
            return _stagedLoss.Span[0];
        }
    }

    private void Begin(Batch batch, uint seed, bool forPrediction)
    {
        ThrowIfDisposed();
        if (_uploadedVersion != HostParameters.Version)
        {
            if (_isDeviceAhead)
            {
                throw new InvalidOperationException(
                    $"The parameters of {Info.Name} were changed on the host while the device has newer ones: call {nameof(Download)} " +
                    $"before changing them, or {nameof(Upload)} after it to give up the device's.");
            }

            Upload();
        }

        // The host copies into the staging of this turn while the device may still work on the turn before.
        _turn ^= 1;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (IsRead(i))
                _columns[i].Stage(batch, _turn);
        }

        _stream.Synchronize();
        _step.N = batch.Count;
        _step.Seed = seed;
        var rows = (batch.Capacity + 63L) & ~63L;
        if (_workspace.EnsureAtLeast((_program.WorkspaceFloatsPerRow * rows) + _program.WorkspaceFloatsFixed))
            _step.Workspace = _workspace.View;
        if (_output.EnsureAtLeast((long)batch.Capacity * Info.OutputLength))
            _step.Output = _output.View;
        for (var i = 0; i < _columns.Length; i++)
            _columns[i].Send(batch, _turn, IsRead(i), _step);

        bool IsRead(int input) => !forPrediction || Info.Inputs[input].UsedByPredict;
    }

    private void QueueLoss() => _stagedLoss.CopyFrom(_loss.View, 1 + Info.LossSums);

    private void AddTo(LossTotal? total, int samples)
    {
        if (total is null)
            return;
        if (Info.LossFormula is null)
            total.Add(_stagedLoss.Span[0], samples);
        else
            total.Add(_stagedLoss.Span.Slice(1, Info.LossSums), samples);
    }

    private void CheckTrainable(Batch batch)
    {
        Check(batch);
        if (!Info.HasLoss)
            throw new InvalidOperationException($"{Info.Name} has no loss, so it cannot be trained: give it a Loss method.");
    }

    private void Check(Batch batch, bool forPrediction = false)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ThrowIfDisposed();
        if (!ReferenceEquals(batch.Info, Info))
            throw new ArgumentException($"The batch was made for {batch.Info.Name}, not for this {Info.Name}: make it from the same {nameof(ModelInfo)}.", nameof(batch));
        if (batch.Count == 0)
            throw new ArgumentException($"The batch is empty: set its {nameof(Batch.Count)}.", nameof(batch));
        batch.CheckLabels(forPrediction);
    }
}
