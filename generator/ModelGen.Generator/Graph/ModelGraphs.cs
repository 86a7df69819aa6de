using ModelGen.Generator.Support;

namespace ModelGen.Generator.Graphs;

/// <summary>A model as the frontend hands it over: its name and its graphs before differentiation.</summary>
/// <param name="Namespace">Empty for the global one.</param>
/// <param name="Name">Of the class.</param>
/// <param name="Training">Forward and loss in training mode; Loss is -1 for a model that is only run.</param>
/// <param name="Evaluation">The same in evaluation mode.</param>
internal sealed record ModelGraphs(string Namespace, string Name, Graph Training, Graph Evaluation)
{
    /// <summary>The class, as its declaration names it.</summary>
    public string DeclaredName => Identifiers.Escape(Name);

    /// <summary>The namespace of the class as C# writes it; empty for the global one.</summary>
    public string DeclaredNamespace => Namespace.Length == 0 ? "" : Identifiers.EscapeQualified(Namespace);

    /// <summary>The namespace of all that is behind the public members. It is the model's own, so that none of the person's names is met before the
    /// generator's;
    /// and nothing in it names the class, whose attributes could forbid that.</summary>
    public string CompiledNamespace => "ModelGen.Generated." + (Namespace.Length == 0 ? "" : DeclaredNamespace + ".") + DeclaredName;
}
