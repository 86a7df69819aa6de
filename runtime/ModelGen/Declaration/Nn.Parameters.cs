namespace ModelGen;

public static partial class Nn
{
    /// <summary>
    /// Creates a trained tensor without a batch axis, to be held in a field; using it twice ties the weights. It starts uniform on ±1/√fanIn.
    /// </summary>
    /// <param name="shape">Its sizes.</param>
    public static Tensor Parameter(params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Tensor.Record("Parameter", null, [], ("shape", shape));
    }

    /// <summary>
    /// Creates a tensor without a batch axis that is saved with the model and not trained, to be held in a field. It starts with zeros; the program sets it by
    /// its name: <c>net.Parameters["adjacency"].Values</c>.
    /// </summary>
    /// <param name="shape">Its sizes.</param>
    public static Tensor Buffer(params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Tensor.Record("Buffer", null, [], ("shape", shape));
    }

    /// <summary>Creates a tensor without a batch axis that is saved with the model and not trained, to be held in a field.</summary>
    /// <param name="init">How it starts. Of one axis both fans are its length.</param>
    /// <param name="shape">Its sizes.</param>
    public static Tensor Buffer(Init init, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Tensor.Record("Buffer", null, [], ("init", init), ("shape", shape));
    }

    /// <summary>
    /// Gets the trained tensors that the declaration has used up to here, as for a penalty of all weights in <c>Loss</c>:
    /// <c>foreach (var p in Parameters()) loss += 1e-4 * Sum(p * p);</c>
    /// </summary>
    public static Tensor[] Parameters() => [Tensor.Record("Parameters", null, [])];

    /// <summary>Creates a trained tensor without a batch axis, to be held in a field; using it twice ties the weights.</summary>
    /// <param name="init">How it starts. Of one axis both fans are its length.</param>
    /// <param name="shape">Its sizes.</param>
    public static Tensor Parameter(Init init, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Tensor.Record("Parameter", null, [], ("init", init), ("shape", shape));
    }
}
