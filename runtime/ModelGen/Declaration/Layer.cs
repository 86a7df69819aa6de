namespace ModelGen;

/// <summary>Represents a layer with its parameters: made by a factory of <see cref="Nn"/>, kept in a field, called like a function.</summary>
/// <param name="x">The input of the layer.</param>
/// <returns>The output of the layer.</returns>
/// <remarks>Calling the same field twice shares its parameters.</remarks>
public delegate Tensor Layer(Tensor x);
