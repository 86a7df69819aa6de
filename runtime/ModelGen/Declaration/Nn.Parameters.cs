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

    /// <summary>Creates a trained tensor without a batch axis, to be held in a field; using it twice ties the weights.</summary>
    /// <param name="init">How it starts. Of one axis both fans are its length.</param>
    /// <param name="shape">Its sizes.</param>
    public static Tensor Parameter(Init init, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Tensor.Record("Parameter", null, [], ("init", init), ("shape", shape));
    }
}
