using ModelGen.Runtime;

namespace ModelGen;

/// <summary>The loss in double precision for one thread: its own copy of the parameters and of all values in between.</summary>
internal sealed unsafe class LossProbe
{
    private readonly LossInDouble _loss;
    private readonly AlignedBuffer _parameters, _buffers, _workspace, _result = new(sizeof(double)), _columns;
    private readonly AlignedBuffer[] _inputs;
    private readonly BatchMemory _batch;
    private DoubleContext _context;

    public LossProbe(LossInDouble loss, ParameterSet parameters, Batch batch, uint stepSeed)
    {
        (_loss, _batch) = (loss, batch.Memory);
        _parameters = Widened(parameters.ReadOnlyValues);
        _buffers = Widened(parameters.ReadOnlyBuffers);
        _workspace = new(loss.Workspace(batch.Count) * sizeof(double));
        var inputs = batch.Info.Inputs;
        _columns = new((long)inputs.Count * sizeof(void*));
        _inputs = new AlignedBuffer[inputs.Count];
        for (var i = 0; i < inputs.Count; i++)
        {
            _inputs[i] = inputs[i].IsLabels ? new AlignedBuffer(0) : Widened(batch.Floats(i));
            ((void**)_columns.Start)[i] = inputs[i].IsLabels ? _batch.Addresses[i] : _inputs[i].Start;
        }

        _context = new()
        {
            Parameters = (double*)_parameters.Start,
            Buffers = (double*)_buffers.Start,
            Workspace = (double*)_workspace.Start,
            Loss = (double*)_result.Start,
            Inputs = (void**)_columns.Start,
            N = batch.Count,
            Seed = stepSeed,
        };
    }

    /// <summary>The loss where the parameters are. What differentiation takes for constant keeps the values of this call.</summary>
    public double AtRest() => Run(-1);

    /// <summary>The loss with one weight changed.</summary>
    /// <param name="weight">Its offset.</param>
    /// <param name="value">Its value in this call.</param>
    /// <param name="from">The first formula that reads its parameter; between calls of <see cref="AtRest"/> never more than in the call before, because
    /// what later formulas computed is left changed.</param>
    public double With(int weight, double value, int from)
    {
        var before = _context.Parameters[weight];
        _context.Parameters[weight] = value;
        var loss = Run(from);
        _context.Parameters[weight] = before;
        return loss;
    }

    private static AlignedBuffer Widened(ReadOnlySpan<float> values)
    {
        var buffer = new AlignedBuffer((long)values.Length * sizeof(double));
        for (var i = 0; i < values.Length; i++) ((double*)buffer.Start)[i] = values[i];
        return buffer;
    }

    private double Run(int from)
    {
        _context.From = from;
        fixed (DoubleContext* context = &_context) _loss.Run(context);
        var loss = *_context.Loss;
        GC.KeepAlive(_batch);
        GC.KeepAlive(this);
        return loss;
    }
}
