namespace ModelGen;

/// <summary>Marks a partial class as a part of networks: fields that hold layers or modules, and a <c>Forward</c> method.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModuleAttribute : Attribute;
