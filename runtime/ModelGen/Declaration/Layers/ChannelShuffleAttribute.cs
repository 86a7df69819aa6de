// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

/// <summary>Adds <see cref="Nn.ChannelShuffle(Tensor, int)"/> as a step of a network in class form.</summary>
/// <param name="groups">The number of groups.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ChannelShuffleAttribute(int groups) : LayerAttribute
{
    /// <summary>Gets the number of groups.</summary>
    public int Groups { get; } = groups;
}
