namespace ModelGen;

/// <summary>Saves the weights after each epoch that is the best so far by validation loss (training loss without validation).</summary>
/// <param name="path">The safetensors file; replaced whole each time.</param>
public sealed class Checkpoint(string path) : TrainerCallback
{
    private float _bestLoss = float.PositiveInfinity;

    /// <inheritdoc/>
    public override void OnStart(IModel model) => _bestLoss = float.PositiveInfinity;

    /// <inheritdoc/>
    public override bool OnEpochEnd(IModel model, EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(epoch);
        var loss = epoch.ValidationLoss ?? epoch.TrainLoss;
        if (loss < _bestLoss)
        {
            _bestLoss = loss;
            SafeTensors.Save(path, model.Parameters);
        }

        return true;
    }
}
