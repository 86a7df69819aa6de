namespace ModelGen;

/// <summary>Represents the symbolic class indices that a loss compares with: integers in [0, classes), one for each sample or position.</summary>
public sealed class Labels
{
    private Labels(Tensor node) => Node = node;

    /// <summary>Gets the node of the trace that stands for these labels (op <c>"Labels"</c>).</summary>
    public Tensor Node { get; }

    /// <summary>Creates the symbolic labels of one parameter of <c>Loss</c>.</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="shape">The positions that have a label each, without the batch axis; empty for one label per sample.</param>
    public static Labels Input(string name, int classes, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        return new Labels(Tensor.Record("Labels", null, [], ("name", name), ("classes", classes), ("shape", shape)));
    }
}
