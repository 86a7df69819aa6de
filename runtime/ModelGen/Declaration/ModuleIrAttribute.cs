namespace ModelGen;

/// <summary>Carries a compiled module's description to the assemblies that use it. The compiler writes it, and the compiler reads it.</summary>
/// <param name="version">The version of the format.</param>
/// <param name="ir">The description.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
public sealed class ModuleIrAttribute(int version, string ir) : Attribute
{
    /// <summary>Gets the version of the format.</summary>
    public int Version { get; } = version;

    /// <summary>Gets the description.</summary>
    public string Ir { get; } = ir;
}
