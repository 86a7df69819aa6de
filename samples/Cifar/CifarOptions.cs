namespace CifarSample;

/// <summary>What the command line asks for.</summary>
/// <param name="Data">A folder with CIFAR-10's files, or null for images drawn by the sample.</param>
/// <param name="Limit">The most training images.</param>
/// <param name="Epochs">Passes over the training set.</param>
/// <param name="Batch">Images in a step.</param>
/// <param name="LearningRate">At the start.</param>
/// <param name="Seed">Decides weights, order and drawn images.</param>
/// <param name="Threads">How many threads train.</param>
/// <param name="Augment">Whether training images are shifted and mirrored at random.</param>
/// <param name="Device">The device that trains, or null for the processor.</param>
/// <param name="Out">The folder for weights and learning curve.</param>
internal sealed record CifarOptions(
    string? Data, int Limit, int Epochs, int Batch, float LearningRate, uint Seed, int Threads, bool Augment, string? Device, string Out);
