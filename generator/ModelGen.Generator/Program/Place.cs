namespace ModelGen.Generator.Programs;

internal enum Region
{
    Parameters,
    Gradients,

    /// <summary>Directions of the parameters, at their offsets.</summary>
    Tangents,
    Buffers,
    Workspace,

    /// <summary>What follows from parameters and buffers alone, of a prediction.</summary>
    Derived,
    Input,
    Output,
    Loss,
    Constant,
}

/// <summary>Where a tensor lives: <c>region + PerSample·N + Fixed</c>, in floats.</summary>
/// <param name="Index">Which input or constant.</param>
internal readonly record struct Place(Region Region, int Index, long PerSample, long Fixed);
