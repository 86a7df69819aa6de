namespace Series;

/// <summary>What the command line asks for.</summary>
/// <param name="Csv">The file, or null for a generated series.</param>
/// <param name="Column">Its column, or null for the last.</param>
/// <param name="Epochs">Passes over the part to learn from, at most; 0 for the usual.</param>
/// <param name="LearningRate">At the start.</param>
/// <param name="Seed">Decides weights, order and the generated series.</param>
/// <param name="Threads">How many threads train.</param>
/// <param name="Out">The folder for plot and weights.</param>
internal sealed record SeriesOptions(string? Csv, string? Column, int Epochs, float LearningRate, uint Seed, int Threads, string Out);
