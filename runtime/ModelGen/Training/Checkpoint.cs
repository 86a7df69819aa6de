using System.Globalization;

namespace ModelGen;

/// <summary>
/// Saves the weights after each epoch that is the best so far by validation loss (training loss without validation), or by another figure. A file is never
/// replaced by weights whose figure is worse or not finite.
/// </summary>
/// <remarks>
/// <para>
/// The figure stands in the metadata of the file, so the best so far is that of the file: over several calls of Fit, and after a restart. It begins anew where
/// there is no file, where the file is of another model or says no such figure, and where the one is a loss of training and the other of validation. Delete the
/// file to begin anew with other data.
/// </para>
/// <para><see cref="PeriodicCheckpoint"/> saves every n-th epoch, and all that is needed to go on from there.</para>
/// </remarks>
/// <param name="path">The safetensors file; replaced whole each time.</param>
public sealed class Checkpoint(string path) : TrainerCallback
{
    private const string OfValidation = "validation_loss";
    private const string OfTraining = "training_loss";

    /// <summary>Gets the name of the figure, such as <c>val_accuracy</c> (<see cref="EpochResult.Value"/>); null for the validation loss, or the training loss
    /// where there is no validation.</summary>
    public string? Monitor { get; init; }

    /// <summary>Gets a value indicating whether a higher figure is better; null to tell by its name: lower is better for losses and errors.</summary>
    public bool? HigherIsBetter { get; init; }

    /// <summary>Reads the figure of the existing file, and checks that the file could be replaced.</summary>
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
        var kind = Monitor ?? (epoch.ValidationLoss is null ? OfTraining : OfValidation);
        var parameters = model.Parameters;
        var value = ModelGen.Monitor.Of(Monitor, epoch);
        if (double.IsFinite(value) && IsBetter(value, ValueOfFile(parameters, kind)))
        {
            // A loss is a float, and its shortest text that of a float.
            var text = Monitor is null ? epoch.Loss.ToString("R", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);
            SafeTensors.Write(path, SafeTensors.Entries(parameters), (kind, text));
        }

        return true;
    }

    private bool IsBetter(double value, double? best) =>
        best is not { } known || (HigherIsBetter ?? ModelGen.Monitor.HigherIsBetter(Monitor) ? value > known : value < known);

    private double? ValueOfFile(ParameterSet parameters, string kind) =>
        SafeTensors.MetadataOf(path, parameters) is { } metadata && metadata.TryGetValue(kind, out var text) ? Parse(text) : null;

    private double? Parse(string text)
    {
        // The loss of a file is compared as the float that it was.
        var value = Monitor is null && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var loss) ? loss
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var other) ? other : double.NaN;
        return double.IsFinite(value) ? value : null;
    }
}
