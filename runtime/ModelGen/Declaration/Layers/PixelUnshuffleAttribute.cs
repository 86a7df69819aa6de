// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.PixelUnshuffle(Tensor, int)"/> as a step of a network in class form.</summary>
/// <param name="downscaleFactor">r, the divisor of the height and the width.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PixelUnshuffleAttribute(int downscaleFactor) : LayerAttribute
{
    /// <summary>Gets r, the divisor of the height and the width.</summary>
    public int DownscaleFactor { get; } = downscaleFactor;
}
