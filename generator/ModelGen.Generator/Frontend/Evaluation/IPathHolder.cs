namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>Something that has a place in the tree of fields, by which parameters are named.</summary>
internal interface IPathHolder
{
    /// <summary>Null until the whole model is built: fields give the path, and inner fields exist before outer ones.</summary>
    string? Path { get; set; }
}
