namespace Digits;

/// <summary>What the command line asks for.</summary>
/// <param name="Model">The network to train.</param>
/// <param name="Data">A folder with IDX files, or null for digits drawn by the sample.</param>
/// <param name="Epochs">Passes over the training set.</param>
/// <param name="BatchSize">Pictures per step.</param>
/// <param name="LearningRate">Adam's step size at the start.</param>
/// <param name="Seed">Decides weights, order and drawn digits.</param>
/// <param name="Threads">How many threads train; the result does not depend on it.</param>
/// <param name="Device">The device that trains, or null for the processor.</param>
/// <param name="Resume">The file that training is saved to and goes on from, or null for none.</param>
/// <param name="Out">The folder for weights and learning curve.</param>
/// <param name="Summary">Whether to describe the network instead of training it.</param>
internal sealed record DigitsOptions(
    ModelKind Model,
    string? Data,
    int Epochs,
    int BatchSize,
    float LearningRate,
    uint Seed,
    int Threads,
    string? Device,
    string? Resume,
    string Out,
    bool Summary);
