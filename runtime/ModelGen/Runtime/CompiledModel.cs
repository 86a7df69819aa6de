using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ModelGen.Runtime;

/// <summary>
/// Provides the base class of generated models: it owns the memory and the threads, prepares what depends on the parameters alone, and checks the arguments, so
/// that generated code only computes.
/// </summary>
/// <remarks>
/// After the first call at a batch size, no call allocates. A call takes its memory at its start and keeps it: no disposal, of the model or of the batch, takes
/// away what it works on.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe partial class CompiledModel : IDisposable
{
    private ModelMemory? _memory;
    private Team _team;
    private VersionGate _preparation;
    private VersionGate _derivation;

    /// <summary>Initializes a new instance of the <see cref="CompiledModel"/> class, with parameters that are filled from a seed.</summary>
    /// <param name="info">The compile-time facts.</param>
    /// <param name="seed">Decides the initial values.</param>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for the parameters; the message has the bytes asked for and those
    /// available.</exception>
    protected CompiledModel(ModelInfo info, ulong seed)
    {
        Parameters = new ParameterSet(info, seed);
        Info = info;
        _memory = new ModelMemory(info, Parameters.Arenas);
        _team = Parameters.Team = new Team(Math.Min(Environment.ProcessorCount, Team.MostThreads));
    }

    /// <inheritdoc cref="IModel.Info"/>
    public ModelInfo Info { get; }

    /// <inheritdoc cref="IModel.Parameters"/>
    public ParameterSet Parameters { get; }

    /// <inheritdoc cref="IModel.Threads"/>
    /// <remarks>It must not be set while a call runs.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to <see cref="Team.MostThreads"/>.</exception>
    public int Threads
    {
        get
        {
            _ = Memory;
            return _team.Threads;
        }

        set
        {
            _ = Memory;
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Team.MostThreads);
            if (value == _team.Threads)
                return;
            _team.Dispose();
            _team = Parameters.Team = new Team(value);
        }
    }

    // What a call works in; it keeps the reference to its end, whoever disposes the model meanwhile.
    private ModelMemory Memory
    {
        get
        {
            var memory = Volatile.Read(ref _memory);
            ObjectDisposedException.ThrowIf(memory is null, this);
            return memory;
        }
    }

    /// <inheritdoc cref="IModel.Backward(Batch, uint)"/>
    public float Backward(Batch batch, uint stepSeed) => Backward(batch, stepSeed, null);

    /// <inheritdoc cref="IModel.Backward(Batch, uint, LossTotal)"/>
    /// <param name="batch">Inputs and targets of <see cref="Batch.Count"/> ≥ 1 samples.</param>
    /// <param name="stepSeed">Decides what dropout drops.</param>
    /// <param name="total">Receives the batch, if there is one.</param>
    public float Backward(Batch batch, uint stepSeed, LossTotal? total)
    {
        var memory = Memory;
        var (columns, n) = Check(batch);
        total?.ThrowIfNotOf(Info);
        if (!Info.HasLoss)
            throw new InvalidOperationException($"{Info.Name} has no loss, so it cannot be trained: give it a Loss method.");
        var workspace = MemoryLimit.EnsureWorkspace(ref memory.TrainWorkspace, Info.TrainWorkspaceFloats(n), Info, "a training step", n);
        var loss = memory.Loss.Floats;
        Fill(out var context, memory, columns, n, workspace, loss);
        PrepareIfChanged(in context);
        context.Gradients = memory.Arenas.Gradients.Floats;
        context.Seed = stepSeed;
        *loss = float.NaN;
        Train(in context);
        if (Info.BufferFloats > 0)
            Parameters.NoteChange();
        var value = *loss;
        AddTo(total, loss, n);
        GC.KeepAlive(workspace);
        GC.KeepAlive(columns);
        GC.KeepAlive(memory);
        return value;
    }

    /// <inheritdoc cref="IModel.Evaluate(Batch, Span{float})"/>
    public float Evaluate(Batch batch, Span<float> output) => Evaluate(batch, output, null);

    /// <inheritdoc cref="IModel.Evaluate(Batch, Span{float}, LossTotal)"/>
    /// <param name="batch">Inputs and targets of <see cref="Batch.Count"/> ≥ 1 samples.</param>
    /// <param name="output">Receives the outputs; may be empty.</param>
    /// <param name="total">Receives the batch, if there is one.</param>
    public float Evaluate(Batch batch, Span<float> output, LossTotal? total)
    {
        var memory = Memory;
        var (columns, n) = Check(batch);
        total?.ThrowIfNotOf(Info);
        if (!output.IsEmpty)
            CheckOutput(n, output);
        return Forward(memory, columns, n, output, withLoss: Info.HasLoss, total);
    }

    /// <inheritdoc cref="IModel.Predict(Batch, Span{float})"/>
    public void Predict(Batch batch, Span<float> output)
    {
        var memory = Memory;
        var (columns, n) = Check(batch, forPrediction: true);
        CheckOutput(n, output);
        Forward(memory, columns, n, output, withLoss: false);
    }

    /// <summary>
    /// Releases all memory and ends the threads; the model and its parameters are not usable afterwards: every call throws
    /// <see cref="ObjectDisposedException"/>. Calls that run on other threads end as if nothing had happened, and the memory is freed after the last of them.
    /// Disposing is optional: the collector does the same.
    /// </summary>
    public void Dispose()
    {
        Volatile.Write(ref _memory, null);
        Parameters.Dispose();
        Array.Clear(_idle);
        _team.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Gets a value indicating whether <see cref="Infer"/> writes its one output and reads neither it nor what lies behind it; then it is written into the
    /// caller's memory at once.
    /// </summary>
    protected virtual bool WritesOutputOnly => false;

    /// <summary>Fills <see cref="StepContext.Prepared"/> from parameters and buffers. It is called when they changed.</summary>
    /// <param name="s">Parameters, Buffers, Prepared and Team are set.</param>
    protected abstract void Prepare(in StepContext s);

    /// <summary>Fills <see cref="StepContext.Derived"/> from parameters and buffers. It is called before a prediction when they changed.</summary>
    /// <param name="s">Parameters, Buffers, Prepared, Derived and Team are set.</param>
    protected virtual void Derive(in StepContext s)
    {
    }

    /// <summary>Computes the forward and backward pass in training mode.</summary>
    /// <param name="s">All but Output is set.</param>
    protected abstract void Train(in StepContext s);

    /// <summary>Computes the forward pass in evaluation mode: fills Output.</summary>
    /// <param name="s">Gradients and Loss are null; the columns only the loss reads may be garbage.</param>
    protected abstract void Infer(in StepContext s);

    /// <summary>Computes the forward pass in evaluation mode with the loss: fills Output and Loss.</summary>
    /// <param name="s">Gradients is null.</param>
    protected abstract void Score(in StepContext s);

    private float Forward(ModelMemory memory, BatchMemory columns, int n, Span<float> output, bool withLoss, LossTotal? total = null)
    {
        var length = (long)n * Info.OutputLength;
        var workspace = memory.Workspaces.Rent();
        var loss = workspace.Loss.Floats;
        Fill(out var context, memory, columns, n, workspace.Memory(Info.InferWorkspaceFloats(n), Info, "an evaluation", n), loss);
        PrepareIfChanged(in context);
        *loss = float.NaN;
        fixed (float* callers = output)
        {
            var isDirect = !withLoss && !output.IsEmpty && WritesOutputOnly && IsApart(memory, columns, callers, length);
            context.Output = isDirect ? callers : workspace.Output(length).Floats;
            if (withLoss)
            {
                Score(in context);
            }
            else
            {
                context.Loss = null;
                if (Info.DerivedFloats > 0)
                    DeriveIfChanged(memory, ref context);
                Infer(in context);
            }

            if (!isDirect && !output.IsEmpty)
                OutputRows.Fill(Info, new ReadOnlySpan<float>(context.Output, (int)length), n, output);
        }

        var value = *loss;
        if (withLoss)
            AddTo(total, loss, n);
        memory.Workspaces.Return(workspace);
        GC.KeepAlive(columns);
        GC.KeepAlive(memory);
        return value;
    }

    private void AddTo(LossTotal? total, float* loss, int samples)
    {
        if (total is null)
            return;
        if (Info.LossFormula is null)
            total.Add(*loss, samples);
        else
            total.Add(new ReadOnlySpan<float>(loss + 1, Info.LossSums), samples);
    }

    // Whether what is written there is none of what a prediction reads.
    private bool IsApart(ModelMemory memory, BatchMemory columns, float* output, long length)
    {
        bool Touches(AlignedBuffer buffer) => (byte*)buffer.Start < (byte*)(output + length) && (byte*)output < (byte*)buffer.Start + buffer.LengthInBytes;
        if (Touches(memory.Arenas.Values) || Touches(memory.Arenas.Buffers))
            return false;
        for (var i = 0; i < Info.Inputs.Count; i++)
        {
            if (Touches(columns[i]))
                return false;
        }

        return true;
    }

    // Written in place and field by field: copying it as a whole would wait for each of these small stores.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Fill(out StepContext context, ModelMemory memory, BatchMemory columns, int samples, AlignedBuffer workspace, float* loss)
    {
        Unsafe.SkipInit(out context);
        context.Parameters = memory.Arenas.Values.Floats;
        context.Gradients = null;
        context.Tangents = null;
        context.Buffers = memory.Arenas.Buffers.Floats;
        context.Prepared = memory.Prepared.Floats;
        context.Derived = null;
        context.Workspace = workspace.Floats;
        context.Output = null;
        context.Loss = loss;
        context.Inputs = columns.Addresses;
        context.N = samples;
        context.Seed = 0;
        context.Team = _team;
    }

    private void PrepareIfChanged(in StepContext context)
    {
        if (!_preparation.IsAt(Parameters.CurrentVersion))
            PrepareOnce(in context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PrepareOnce(in StepContext context)
    {
        var version = Parameters.CurrentVersion;
        if (!_preparation.Enter(version))
            return;
        int? done = null;
        try
        {
            Prepare(in context);
            done = version;
        }
        finally
        {
            _preparation.Leave(done);
        }
    }

    private void DeriveIfChanged(ModelMemory memory, ref StepContext context)
    {
        if (!_derivation.IsAt(Parameters.CurrentVersion))
            DeriveOnce(memory, ref context);
        context.Derived = memory.Derived!.Floats;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DeriveOnce(ModelMemory memory, ref StepContext context)
    {
        var version = Parameters.CurrentVersion;
        if (!_derivation.Enter(version))
            return;
        int? done = null;
        try
        {
            context.Derived = AlignedBuffer.EnsureAtLeast(ref memory.Derived, Info.DerivedFloats * sizeof(float)).Floats;
            Derive(in context);
            done = version;
        }
        finally
        {
            _derivation.Leave(done);
        }
    }

    private (BatchMemory Columns, int Samples) Check(Batch batch, bool forPrediction = false)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var (columns, samples) = batch.Usable(Info);
        batch.CheckLabels(columns, samples, forPrediction);
        return (columns, samples);
    }

    private void CheckOutput(int samples, Span<float> output)
    {
        var needed = (long)samples * Info.OutputLength;
        if (output.Length < needed)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The output of {Info.Name} for {samples} samples is {samples}×{Info.OutputLength} = {needed} floats; the span has {output.Length}."),
                nameof(output));
        }
    }
}
