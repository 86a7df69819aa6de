namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>A tensor while a declaration is evaluated: a node of the graph.</summary>
internal sealed class TensorValue
{
    public TensorValue(int node, string text) => (Node, Text) = (node, text);

    public int Node { get; }

    /// <summary>How formulas mention it: its name, or the call that made it.</summary>
    public string Text { get; set; }
}
