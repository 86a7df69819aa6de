namespace ModelGen.Generator.Support;

/// <summary>How a generated member is declared.</summary>
internal enum GeneratedMemberKind
{
    /// <summary>Private and read-only.</summary>
    Field,
    Constant,
    StaticProperty,
    Property,
    SettableProperty,
    Method,
}
