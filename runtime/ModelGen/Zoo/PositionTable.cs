using static ModelGen.Nn;

namespace ModelGen.Zoo;

/// <summary>Computes x + weight[:T]: a learned vector for each position (J. Gehring et al. 2017), which starts small, uniform in ±1/√E.</summary>
/// <param name="count">The most positions.</param>
/// <param name="width">E, the length of a vector.</param>
[Module]
public sealed partial class PositionTable(int count, int width)
{
    private readonly Tensor weight = Parameter(count, width);

    /// <summary>Computes f32[N,T,E] → f32[N,T,E].</summary>
    /// <param name="x">The sequence; T is at most the count.</param>
    public Tensor Forward(Tensor x) => x + Slice(weight, 0, 0, x.Shape[1]);
}
