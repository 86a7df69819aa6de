// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.AdaptiveMaxPool3d(Tensor, Size3)"/> as a step of a network in class form.</summary>
/// <param name="outputSize">The size of the output.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AdaptiveMaxPool3dAttribute(int outputSize) : LayerAttribute
{
    /// <summary>Gets the size of the output.</summary>
    public int OutputSize { get; } = outputSize;
}
