namespace ModelGen;

/// <summary>What a layer feeds: it decides by which gain <see cref="Init.For"/> multiplies.</summary>
public enum Nonlinearity
{
    /// <summary>Nothing: gain 1.</summary>
    Linear,

    /// <summary>Gain 1.</summary>
    Sigmoid,

    /// <summary>Gain 5/3.</summary>
    Tanh,

    /// <summary>Gain √2.</summary>
    Relu,

    /// <summary>Gain √(2 / (1 + slope²)).</summary>
    LeakyRelu,

    /// <summary>Gain 3/4.</summary>
    Selu,
}
