using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>What a query may see of the keys, and by how much.</summary>
/// <param name="Causal">Whether query i sees keys j ≤ i only.</param>
/// <param name="Scale">The factor of the products.</param>
internal sealed record AttentionOptions(bool Causal, double Scale)
{
    /// <summary>Where it is 0, a query does not see a key; broadcasts against the weights.</summary>
    public Node? Mask { get; init; }

    /// <summary>Where it is not 0, no query sees the key; [N, keys].</summary>
    public Node? Padding { get; init; }

    /// <summary>What is added to the scores; broadcasts against the weights.</summary>
    public Node? Bias { get; init; }

    /// <summary>The probability with which a weight is dropped; 0 outside of training.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether a query may see no key at all.</summary>
    public bool MayHaveEmptyRows => Mask is not null || Padding is not null || Bias is not null;
}
