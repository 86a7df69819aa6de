namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>A tensor that the steps of a recurrence write and read: of each sample, what one step makes of it lies in the shared memory of the group.</summary>
/// <param name="Argument">The argument that holds what the first step reads of the step before it; -1 where it reads nothing.</param>
/// <param name="SampleStride">Floats from one sample to the next.</param>
/// <param name="StepStride">Floats from one step to the next; 0 where the memory has room for one.</param>
/// <param name="Length">Floats of a sample and step.</param>
/// <param name="Before">Where the state before a step lies, in steps from the step's number.</param>
/// <param name="IsCarried">Whether a step reads what the step before it wrote; the first reads the initial state.</param>
/// <param name="IsDouble">Whether that is read while the new values are written: then there is room for both.</param>
internal sealed record HeldTensor(int Argument, int SampleStride, int StepStride, int Length, int Before, bool IsCarried, bool IsDouble)
{
    /// <summary>Floats from one sample to the next in shared memory: whole vectors of four.</summary>
    public int Line => (Length + 3) / 4 * 4;

    /// <summary>Floats for each sample of the group.</summary>
    public int Floats => IsDouble ? 2 * Line : Line;
}
