// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.PixelShuffle(Tensor, int)"/> as a step of a network in class form.</summary>
/// <param name="upscaleFactor">r, the factor of the height and the width.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PixelShuffleAttribute(int upscaleFactor) : LayerAttribute
{
    /// <summary>Gets r, the factor of the height and the width.</summary>
    public int UpscaleFactor { get; } = upscaleFactor;
}
