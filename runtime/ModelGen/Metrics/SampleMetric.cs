namespace ModelGen;

/// <summary>Computes a figure of one sample.</summary>
/// <param name="batch">The batch it is in, with inputs and targets.</param>
/// <param name="output">The outputs of the sample, f32[Info.OutputLength].</param>
/// <param name="sample">Its row in the batch.</param>
public delegate double SampleMetric(Batch batch, ReadOnlySpan<float> output, int sample);
