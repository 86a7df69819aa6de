namespace ModelGen;

public static partial class Nn
{
    /// <summary>A trained tensor without a batch axis, held in a field; using it twice ties the weights.</summary>
    /// <param name="shape">Its sizes.</param>
    public static Tensor Parameter(params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Tensor.Record("Parameter", null, [], ("shape", shape));
    }
}
