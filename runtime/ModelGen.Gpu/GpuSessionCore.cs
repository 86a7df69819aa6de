using System.ComponentModel;
using System.Globalization;
using ILGPU.Runtime;
using ModelGen.Runtime;

namespace ModelGen.Gpu;

/// <summary>Provides the part of <see cref="GpuSession{TModel}"/> that does not depend on the model's type.</summary>
/// <remarks>
/// Calls from several threads are safe and run one after the other; after <see cref="Dispose"/>, or after the device was disposed, each throws
/// <see cref="ObjectDisposedException"/>. Nothing is allocated on the device after the first call at the
/// largest batch capacity.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class GpuSessionCore : IPipelinedTrainingDevice, IJvpModel, IDisposable
{
    private readonly object _gate = new();
    private readonly IModel _model;
    private readonly GpuProgram _program;
    private readonly GpuLink _link;
    private readonly KernelLoader _loader;
    private readonly GpuArenas _arenas;
    private readonly IDeviceColumn[] _columns;
    private readonly DeviceArray<float> _workspace, _output, _loss;
    private readonly StagedArray<float> _stagedOutput, _stagedLoss;
    private readonly GpuStep _step;
    private int _uploadedVersion;
    private bool _isDeviceAhead;
    private bool _isDisposed;
    private Exception? _lostBy;

    private protected GpuSessionCore(IGpuModel model, GpuDevice device)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(device);
        _model = model;
        Device = device;
        _link = new GpuLink(device.Accelerator, device.Memory, device.Kernels);
        try
        {
            _program = model.CreateGpuProgram();
            _arenas = new GpuArenas(_link, Info);
            _loader = new KernelLoader(_link, device.HasTensorCores);
            _program.LoadKernels(_loader);
            _loader.Load();
            _workspace = new(_link, $"The workspace of {Info.Name}");
            _output = new(_link, $"The output of {Info.Name}");
            _loss = new(_link, $"The loss of {Info.Name}");
            _stagedOutput = new(_link);
            _stagedLoss = new(_link);
            _loss.EnsureAtLeast(1 + Info.LossSums);
            _stagedLoss.EnsureAtLeast(1 + Info.LossSums);
            _step = new GpuStep(_link.Stream, Info.Inputs.Count)
            {
                Parameters = _arenas.Parameters,
                Gradients = _arenas.Gradients,
                Buffers = _arenas.Buffers,
                Loss = _loss.View,
            };
            _columns = [.. Info.Inputs.Select(MakeColumn)];
            _turns = [new(_link, 1 + Info.LossSums), new(_link, 1 + Info.LossSums)];
            foreach (var turn in _turns)
                turn.StagedLoss.EnsureAtLeast(1 + Info.LossSums);
            Upload();
            device.Join(this);
        }
        catch
        {
            FreeAll();
            throw;
        }

        IDeviceColumn MakeColumn(InputSpec spec, int input) => spec.IsLabels
            ? new DeviceColumn<int>(_link, spec, batch => batch.Ints(input), (step, view) => step.SetInput(input, view))
            : new DeviceColumn<float>(_link, spec, batch => batch.Floats(input), (step, view) => step.SetInput(input, view));
    }

    /// <summary>Gets the device.</summary>
    public GpuDevice Device { get; }

    /// <inheritdoc/>
    public ModelInfo Info => _model.Info;

    /// <summary>Gets the number of kernels loaded: the model's, and those of the optimizers that have made a step.</summary>
    public int KernelCount => _link.KernelCount;

    /// <summary>Gets the time that loading the kernels took: compiling them to the device's text, one after the other, and the driver's compiler, on CUDA many
    /// at once. It is short where another session of the device has loaded them, or where the driver has kept them from an earlier run.</summary>
    public TimeSpan KernelLoadTime => _link.KernelLoadTime;

    /// <summary>Gets whether large products run on the device's tensor cores, in TensorFloat32: the model is declared
    /// <c>[Model(GpuMath = GpuMath.TensorFloat32)]</c> and has such products, and the device has tensor cores.
    /// Chosen once, when the kernels are loaded.</summary>
    public bool UsesTensorCores => _program.UsesTensorCores;

    /// <summary>Gets the number of kernels launched so far. Fills and copies do not count.</summary>
    public long LaunchCount => _link.Launches;

    /// <summary>Gets the number of bytes sent to the device so far.</summary>
    public long BytesToDevice => _link.BytesToDevice;

    /// <summary>Gets the number of bytes fetched from the device so far.</summary>
    public long BytesFromDevice => _link.BytesFromDevice;

    /// <summary>Gets the parameters on the host, after downloading them if the device has newer ones.</summary>
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

    /// <summary>Gets or sets the number of the model's threads on the host; the device does not use them.</summary>
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

    /// <summary>Copies parameters and running statistics to the device. What the device had is lost.</summary>
    public void Upload()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            _uploadedVersion = HostParameters.Version;
            try
            {
                _arenas.Upload(HostParameters);
            }
            catch (Exception e) when (IsOfDriver(e))
            {
                throw Lost(e);
            }

            _isDeviceAhead = false;
        }
    }

    /// <summary>Copies parameters, gradients and running statistics to <see cref="Parameters"/>.</summary>
    public void Download()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            try
            {
                _arenas.DownloadGradients(HostParameters);
                _arenas.DownloadBuffers(HostParameters);
                _arenas.DownloadParameters(HostParameters);
            }
            catch (Exception e) when (IsOfDriver(e))
            {
                throw Lost(e);
            }

            _uploadedVersion = HostParameters.Version;
            _isDeviceAhead = false;
        }
    }

    /// <summary>
    /// Computes the forward pass, the loss and the backward pass in training mode; the optimizer is the caller's and runs on the host. The call overwrites the
    /// gradients of <see cref="Parameters"/> and updates its running statistics.
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
            try
            {
                Begin(batch, stepSeed, forPrediction: false);
                _program.Train(_step);
                QueueLoss();
                _arenas.DownloadGradients(HostParameters);
                _arenas.DownloadBuffers(HostParameters);
                Finish();
            }
            catch (Exception e) when (IsOfDriver(e))
            {
                throw Lost(e);
            }

            _uploadedVersion = HostParameters.Version;
            AddTo(total, _stagedLoss.Span, batch.Count);
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
            if (Device.IsDisposed || _lostBy is not null)
            {
                // Its memory went with the device, and what was only there is lost.
                _isDisposed = true;
                Device.Leave(this);
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
            catch (GpuLostException)
            {
                // Nor is what was here.
            }

            try
            {
                _link.Synchronize();
                SettleAll();
            }
            catch (Exception e) when (IsOfDriver(e))
            {
                _lostBy = e;
            }

            _isDisposed = true;
            Device.Leave(this);
            if (_lostBy is null)
                FreeAll();
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>The device is being closed: waits for the call that is running, and for what is queued.</summary>
    internal void WaitForTheLast()
    {
        lock (_gate)
        {
            try
            {
                if (_isDisposed || _lostBy is not null)
                    return;
                _link.Synchronize();
                SettleAll();
            }
            catch (Exception e) when (IsOfDriver(e))
            {
                // There is nothing to wait for any more.
                _lostBy = e;
            }
        }
    }

    private static bool IsOfDriver(Exception e) => e is AcceleratorException or DriverException;

    private GpuLostException Lost(Exception cause)
    {
        _lostBy = cause;
        return new(_link.Accelerator.Name, Info.Name, cause);
    }

    // Also of a session whose making failed half-way.
    private void FreeAll()
    {
        _direction?.Dispose();
        _deviceOptimizer?.Dispose();
        _arenas?.Dispose();
        _loader?.DisposeConstants();
        foreach (var array in (DeviceArray<float>?[])[_workspace, _output, _loss])
            array?.Dispose();
        _stagedOutput?.Dispose();
        _stagedLoss?.Dispose();
        foreach (var column in _columns ?? [])
            column.Dispose();
        foreach (var turn in _turns ?? [])
            turn.Dispose();
        _link.Dispose();
    }

    private ParameterSet HostParameters => _model.Parameters;

    private void ThrowIfDisposed()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ObjectDisposedException.ThrowIf(Device.IsDisposed, Device);
        if (_lostBy is not null)
            throw Lost(_lostBy);
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
                    $"The output of {Info.Name} for {batch.Count} samples is {batch.Count}×{Info.OutputLength} = {length} floats; "
                        + $"the span has {output.Length}."),
                nameof(output));
        }

        lock (_gate)
        {
            try
            {
                Begin(batch, 0, forPrediction: !withLoss);
                if (withLoss)
                    _program.Score(_step);
                else
                    _program.Infer(_step);
                if (!output.IsEmpty)
                {
                    _stagedOutput.EnsureAtLeast(length);
                    _stagedOutput.CopyFrom(_link.Stream, _output.View, length);
                }

                if (withLoss)
                    QueueLoss();
                Finish();
            }
            catch (Exception e) when (IsOfDriver(e))
            {
                throw Lost(e);
            }

            if (!output.IsEmpty)
                OutputRows.Fill(Info, _stagedOutput.Span, batch.Count, output);
            if (!withLoss)
                return float.NaN;
            AddTo(total, _stagedLoss.Span, batch.Count);
            return _stagedLoss.Span[0];
        }
    }

    private Turn Begin(Batch batch, uint seed, bool forPrediction)
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

        _link.Accelerator.Bind();
        Reserve(batch.Capacity, null);

        // The host fills the staging of this turn, and it travels, while the device still works on the turn before; the one before that is done.
        _turn ^= 1;
        var turn = _turns[_turn];
        Settle(turn);
        _step.N = batch.Count;
        _step.Seed = seed;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (!forPrediction || Info.Inputs[i].UsedByPredict)
                _columns[i].Send(batch, _turn, _step);
            else
                _columns[i].Hand(_turn, _step);
        }

        AwaitCopies(turn);
        return turn;
    }

    // What is launched from here on begins when the batch is on the device; the host does not wait.
    private void AwaitCopies(Turn turn)
    {
        turn.Arrived.Record(_link.CopyStream);
        turn.Arrived.Delay(_link.Stream);
    }

    private void Finish()
    {
        _link.Stream.Synchronize();
        SettleAll();
    }

    private void QueueLoss() => _stagedLoss.CopyFrom(_link.Stream, _loss.View, 1 + Info.LossSums);

    private void AddTo(LossTotal? total, ReadOnlySpan<float> found, int samples)
    {
        if (total is null)
            return;
        if (Info.LossFormula is null)
            total.Add(found[0], samples);
        else
            total.Add(found.Slice(1, Info.LossSums), samples);
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
            throw new ArgumentException($"The batch was made for {batch.Info.Name}, not for this {Info.Name}: make it from the same {nameof(ModelInfo)}.",
                nameof(batch));
        if (batch.Count == 0)
            throw new ArgumentException($"The batch is empty: set its {nameof(Batch.Count)}.", nameof(batch));
        batch.CheckLabels(forPrediction);
    }
}
