namespace ModelGen;

/// <summary>Says how the height of the triangles of a <see cref="CyclicSchedule"/> changes from one to the next.</summary>
public enum CyclicMode
{
    /// <summary>It stays.</summary>
    Triangular,

    /// <summary>It halves with each cycle.</summary>
    Triangular2,

    /// <summary>It falls by γ with each step.</summary>
    ExponentialRange,
}
