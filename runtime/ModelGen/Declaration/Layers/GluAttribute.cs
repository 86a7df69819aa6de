// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.Glu(Tensor, int)"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GluAttribute : LayerAttribute
{
    /// <summary>Gets or sets the axis; the batch axis counts as 0, negative counts from the last; the default is -1.</summary>
    public int Axis { get; set; } = -1;
}
