namespace Series;

/// <summary>Reads the last 36 values of a series with an LSTM and forecasts how the next one differs from the last.</summary>
[Model]
public partial class Forecaster
{
    /// <summary>How many values it sees.</summary>
    public const int Window = 36;

    readonly LstmLayer lstm = Lstm(32);
    readonly Layer head = Linear(1);

    /// <summary>The forecast f32[N,1] of the change, in standard deviations of changes.</summary>
    public Tensor Forward([Shape(Window, 1)] Tensor past) => head(Flatten(lstm(past).Hidden));

    /// <summary>The mean squared error; about 1 for the naive forecast that nothing changes.</summary>
    public Tensor Loss(Tensor forecast, [Shape(1)] Tensor change) => MseLoss(forecast, change);
}
