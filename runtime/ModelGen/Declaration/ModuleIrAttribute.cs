namespace ModelGen;

/// <summary>Carries a compiled module's description to the assemblies that use it. Written by the compiler, read by the compiler.</summary>
/// <param name="version">The version of the format.</param>
/// <param name="ir">The description.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
public sealed class ModuleIrAttribute(int version, string ir) : Attribute
{
    /// <summary>The version of the format.</summary>
    public int Version { get; } = version;

    /// <summary>The description.</summary>
    public string Ir { get; } = ir;
}
