namespace ModelGen.Generator.Support;

/// <summary>A parameter of a generated method.</summary>
/// <param name="Type">As C# writes it everywhere.</param>
/// <param name="Default">The value of an omitted argument as C#, or empty.</param>
internal readonly record struct GeneratedParameter(string Type, string Name, string Default = "")
{
    public string Declaration => $"{Type} {Identifiers.Escape(Name)}{(Default.Length == 0 ? "" : " = " + Default)}";
}
