namespace ILGPU;

/// <summary>How hard ILGPU optimises; the double only notes it.</summary>
public enum OptimizationLevel
{
    /// <summary>Not at all.</summary>
    O0,

    /// <summary>Usual.</summary>
    O1,

    /// <summary>All: the one whose loads and stores name their address space.</summary>
    O2,
}
