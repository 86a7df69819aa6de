namespace TinyGpt;

/// <summary>What the command line asks for.</summary>
/// <param name="Text">The file to learn from, or null for the repository's own sources.</param>
/// <param name="Steps">Training steps.</param>
/// <param name="Batch">Windows in a step.</param>
/// <param name="Every">Steps between samples.</param>
/// <param name="LearningRate">At the start.</param>
/// <param name="Seed">Decides weights, windows and samples.</param>
/// <param name="Threads">How many threads train.</param>
/// <param name="Device">The device that trains, or null for the processor.</param>
/// <param name="Out">The folder for the weights.</param>
internal sealed record TinyGptOptions(string? Text, int Steps, int Batch, int Every, float LearningRate, uint Seed, int Threads, string? Device, string Out);
