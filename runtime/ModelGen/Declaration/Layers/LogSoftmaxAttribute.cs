// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.LogSoftmax(Tensor, int)"/> as a step of a network in class form.</summary>
/// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LogSoftmaxAttribute(int axis = -1) : LayerAttribute
{
    /// <summary>Gets the axis; the batch axis counts as 0, negative counts from the last.</summary>
    public int Axis { get; } = axis;
}
