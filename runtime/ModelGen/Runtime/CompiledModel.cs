using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ModelGen.Runtime;

/// <summary>
/// What generated models derive from: it owns the memory and the threads, prepares what depends on the parameters alone, and checks
/// the arguments, so that generated code only computes.
/// </summary>
/// <remarks>After the first call at a batch size, no call allocates.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe partial class CompiledModel : IModel, IDisposable
{
    private readonly AlignedBuffer _prepared;
    private readonly AlignedBuffer _derived = new(0);
    private readonly AlignedBuffer _loss = new(AlignedBuffer.Alignment);
    private readonly AlignedBuffer _trainWorkspace = new(0);
    private readonly WorkspacePool _workspaces;
    private Team _team;
    private VersionGate _preparation;
    private VersionGate _derivation;
    private bool _isDisposed;

    /// <summary>Makes the parameters, filled from a seed.</summary>
    /// <param name="info">The compile-time facts.</param>
    /// <param name="seed">Decides the initial values.</param>
    protected CompiledModel(ModelInfo info, ulong seed)
    {
        Parameters = new ParameterSet(info, seed);
        Info = info;
        _prepared = AlignedBuffer.OfFloats(info.PreparedFloats);
        _workspaces = new WorkspacePool(2 * Environment.ProcessorCount);
        _team = Parameters.Team = new Team(Environment.ProcessorCount);
    }

    /// <inheritdoc/>
    public ModelInfo Info { get; }

    /// <inheritdoc/>
    public ParameterSet Parameters { get; }

    /// <inheritdoc/>
    /// <remarks>Not to be set while a call runs.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int Threads
    {
        get => _team.Threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            if (value == _team.Threads)
                return;
            _team.Dispose();
            _team = Parameters.Team = new Team(value);
        }
    }

    /// <inheritdoc/>
    public float Backward(Batch batch, uint stepSeed)
    {
        Check(batch);
        if (!Info.HasLoss)
            throw new InvalidOperationException($"{Info.Name} has no loss, so it cannot be trained: give it a Loss method.");
        _trainWorkspace.EnsureAtLeast(Info.TrainWorkspaceFloats(batch.Count) * sizeof(float));
        Fill(out var context, batch, _trainWorkspace, _loss);
        PrepareIfChanged(in context);
        context.Gradients = Parameters.GradientsStart;
        context.Seed = stepSeed;
        *_loss.Floats = float.NaN;
        Train(in context);
        if (Info.BufferFloats > 0)
            Parameters.MarkChanged();
        var loss = *_loss.Floats;
        GC.KeepAlive(batch);
        GC.KeepAlive(this);
        return loss;
    }

    /// <inheritdoc/>
    public float Evaluate(Batch batch, Span<float> output)
    {
        Check(batch);
        if (!output.IsEmpty)
            CheckOutput(batch, output);
        return Forward(batch, output, withLoss: Info.HasLoss);
    }

    /// <inheritdoc/>
    public void Predict(Batch batch, Span<float> output)
    {
        Check(batch, forPrediction: true);
        CheckOutput(batch, output);
        Forward(batch, output, withLoss: false);
    }

    /// <summary>Frees all memory and ends the threads; the model and its parameters are not usable afterwards. Optional: finalizers do the same.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        Parameters.Dispose();
        _prepared.Dispose();
        _derived.Dispose();
        _loss.Dispose();
        _trainWorkspace.Dispose();
        _workspaces.Dispose();
        _team.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether <see cref="Infer"/> writes its one output and reads neither it nor what lies behind it: then it is written into the caller's memory at once.</summary>
    protected virtual bool WritesOutputOnly => false;

    /// <summary>Fills <see cref="StepContext.Prepared"/> from parameters and buffers. Called when they changed.</summary>
    /// <param name="s">Parameters, Buffers, Prepared and Team are set.</param>
    protected abstract void Prepare(in StepContext s);

    /// <summary>Fills <see cref="StepContext.Derived"/> from parameters and buffers. Called before a prediction when they changed.</summary>
    /// <param name="s">Parameters, Buffers, Prepared, Derived and Team are set.</param>
    protected virtual void Derive(in StepContext s)
    {
    }

    /// <summary>Forward and backward in training mode.</summary>
    /// <param name="s">All but Output is set.</param>
    protected abstract void Train(in StepContext s);

    /// <summary>Forward in evaluation mode: fills Output.</summary>
    /// <param name="s">Gradients and Loss are null; the columns only the loss reads may be garbage.</param>
    protected abstract void Infer(in StepContext s);

    /// <summary>Forward in evaluation mode with the loss: fills Output and Loss.</summary>
    /// <param name="s">Gradients is null.</param>
    protected abstract void Score(in StepContext s);

    private float Forward(Batch batch, Span<float> output, bool withLoss)
    {
        var n = batch.Count;
        var length = (long)n * Info.OutputLength;
        var workspace = _workspaces.Rent();
        workspace.Memory.EnsureAtLeast(Info.InferWorkspaceFloats(n) * sizeof(float));
        Fill(out var context, batch, workspace.Memory, workspace.Loss);
        PrepareIfChanged(in context);
        *workspace.Loss.Floats = float.NaN;
        fixed (float* callers = output)
        {
            var isDirect = !withLoss && !output.IsEmpty && WritesOutputOnly && IsApart(batch, callers, length);
            if (!isDirect)
                workspace.Output.EnsureAtLeast(length * sizeof(float));
            context.Output = isDirect ? callers : workspace.Output.Floats;
            if (withLoss)
            {
                Score(in context);
            }
            else
            {
                context.Loss = null;
                if (Info.DerivedFloats > 0)
                    DeriveIfChanged(ref context);
                Infer(in context);
            }

            if (!isDirect && !output.IsEmpty)
                OutputRows.Fill(Info, new ReadOnlySpan<float>(context.Output, (int)length), n, output);
        }

        var loss = *workspace.Loss.Floats;
        _workspaces.Return(workspace);
        GC.KeepAlive(batch);
        GC.KeepAlive(this);
        return loss;
    }

    // Whether what is written there is none of what a prediction reads.
    private bool IsApart(Batch batch, float* output, long length)
    {
        bool Touches(void* start, long lengthInBytes) => (byte*)start < (byte*)(output + length) && (byte*)output < (byte*)start + lengthInBytes;
        if (Touches(Parameters.ValuesStart, Info.ParameterFloats * (long)sizeof(float)) || Touches(Parameters.BuffersStart, Info.BufferFloats * (long)sizeof(float)))
            return false;
        for (var i = 0; i < Info.Inputs.Count; i++)
        {
            if (Touches(batch.Columns[i], batch.LengthOf(i) * sizeof(float)))
                return false;
        }

        return true;
    }

    // Written in place and field by field: copying it as a whole would wait for each of these small stores.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Fill(out StepContext context, Batch batch, AlignedBuffer workspace, AlignedBuffer loss)
    {
        Unsafe.SkipInit(out context);
        context.Parameters = Parameters.ValuesStart;
        context.Gradients = null;
        context.Tangents = null;
        context.Buffers = Parameters.BuffersStart;
        context.Prepared = _prepared.Floats;
        context.Derived = null;
        context.Workspace = workspace.Floats;
        context.Output = null;
        context.Loss = loss.Floats;
        context.Inputs = batch.Columns;
        context.N = batch.Count;
        context.Seed = 0;
        context.Team = _team;
    }

    private void PrepareIfChanged(in StepContext context)
    {
        if (!_preparation.IsAt(Parameters.Version))
            PrepareOnce(in context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PrepareOnce(in StepContext context)
    {
        var version = Parameters.Version;
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

    private void DeriveIfChanged(ref StepContext context)
    {
        if (!_derivation.IsAt(Parameters.Version))
            DeriveOnce(ref context);
        context.Derived = _derived.Floats;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DeriveOnce(ref StepContext context)
    {
        var version = Parameters.Version;
        if (!_derivation.Enter(version))
            return;
        int? done = null;
        try
        {
            _derived.EnsureAtLeast(Info.DerivedFloats * sizeof(float));
            context.Derived = _derived.Floats;
            Derive(in context);
            done = version;
        }
        finally
        {
            _derivation.Leave(done);
        }
    }

    private void Check(Batch batch, bool forPrediction = false)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        batch.ThrowIfUnusable(Info);
        batch.CheckLabels(forPrediction);
    }

    private void CheckOutput(Batch batch, Span<float> output)
    {
        var needed = (long)batch.Count * Info.OutputLength;
        if (output.Length < needed)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The output of {Info.Name} for {batch.Count} samples is {batch.Count}×{Info.OutputLength} = {needed} floats; the span has {output.Length}."),
                nameof(output));
        }
    }
}
