// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.Reshape(Tensor, int[])"/> as a step of a network in class form.</summary>
/// <param name="shape">The sizes without the batch axis, if x has one; one of them may be −1 and is computed.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReshapeAttribute(params int[] shape) : LayerAttribute
{
    /// <summary>Gets the sizes without the batch axis, if x has one; one of them may be −1 and is computed.</summary>
    public int[] Shape { get; } = shape;
}
