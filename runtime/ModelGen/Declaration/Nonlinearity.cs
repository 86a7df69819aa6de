namespace ModelGen;

/// <summary>Specifies what a layer feeds, which decides by which gain <see cref="Init.For"/> multiplies.</summary>
public enum Nonlinearity
{
    /// <summary>No nonlinearity, with gain 1.</summary>
    Linear,

    /// <summary>The sigmoid, with gain 1.</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent, with gain 5/3.</summary>
    Tanh,

    /// <summary>The rectifier, with gain √2.</summary>
    Relu,

    /// <summary>The leaky rectifier, with gain √(2 / (1 + slope²)).</summary>
    LeakyRelu,

    /// <summary>The scaled exponential linear unit, with gain 3/4.</summary>
    Selu,
}
