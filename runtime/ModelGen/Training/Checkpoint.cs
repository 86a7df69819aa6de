using System.Globalization;

namespace ModelGen;

/// <summary>
/// Saves the weights after each epoch that is the best so far by validation loss (training loss without validation). A file is never replaced by weights
/// whose loss is higher or not finite.
/// </summary>
/// <remarks>
/// The loss stands in the metadata of the file, so the best so far is that of the file: over several calls of Fit, and after a restart. It begins anew where
/// there is no file, where the file is of another model or says no loss, and where the one is a loss of training and the other of validation. Delete the file
/// to begin anew with other data.
/// </remarks>
/// <param name="path">The safetensors file; replaced whole each time.</param>
public sealed class Checkpoint(string path) : TrainerCallback
{
    private const string OfValidation = "validation_loss";
    private const string OfTraining = "training_loss";

    /// <summary>Reads the loss of the existing file, and checks that the file could be replaced.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="IOException">The file could not be written: its folder is not there or takes no files, or the path is a folder, a pipe or a
    /// device.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be read or written.</exception>
    public override void OnStart(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        WholeFile.CheckWritable(path);

        // What cannot be read ends training now and not after an epoch.
        _ = SafeTensors.MetadataOf(path, model.Parameters);
    }

    /// <inheritdoc/>
    public override bool OnEpochEnd(IModel model, EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(epoch);
        var kind = epoch.ValidationLoss is null ? OfTraining : OfValidation;
        var parameters = model.Parameters;
        if (float.IsFinite(epoch.Loss) && !(epoch.Loss >= LossOfFile(parameters, kind)))
            SafeTensors.Write(path, SafeTensors.Entries(parameters), (kind, epoch.Loss.ToString("R", CultureInfo.InvariantCulture)));
        return true;
    }

    private float LossOfFile(ParameterSet parameters, string kind) =>
        SafeTensors.MetadataOf(path, parameters) is { } metadata && metadata.TryGetValue(kind, out var text)
        && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var loss) && float.IsFinite(loss)
            ? loss
            : float.PositiveInfinity;
}
