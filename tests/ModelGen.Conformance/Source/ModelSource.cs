namespace ModelGen.Conformance;

/// <summary>A case as the source of a model, and how the tensors of the file find their places in it.</summary>
/// <param name="ClassName">The model's class.</param>
/// <param name="Text">The file.</param>
/// <param name="Samples">The samples of its batch.</param>
/// <param name="Inputs">By parameter of Forward or Loss: the name of the tensor in the file.</param>
/// <param name="Fields">By field of the model: what it is in the file.</param>
/// <param name="Outputs">Names in the file, in the order in which the model returns them.</param>
internal sealed record ModelSource(
    string ClassName, string Text, int Samples, IReadOnlyDictionary<string, string> Inputs, IReadOnlyDictionary<string, SourceField> Fields,
    IReadOnlyList<string> Outputs)
{
    /// <summary>The parameter of Forward by which rows of tables are taken.</summary>
    public const string RowsName = "rows";

    /// <summary>The prefix of inputs that are cotangents of outputs.</summary>
    public const string CotangentPrefix = "cotangent of ";

    /// <summary>The file's name for a parameter of the model; null where the model has none of the file's at that place.</summary>
    public string? NameInFile(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return !Fields.TryGetValue(dot < 0 ? path : path[..dot], out var field) ? null
            : dot < 0 ? field.Name
            : field.Name.Length == 0 ? path[(dot + 1)..] : field.Name + path[dot..];
    }
}

/// <summary>A field of a model's source.</summary>
/// <param name="Name">The path of the layer in the file, empty for the only one; or the tensor that is the parameter.</param>
internal sealed record SourceField(string Name);
