namespace ModelGen;

/// <summary>Marks a partial class as a network: the compiler checks it, differentiates it and completes the class with the finished code.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute;
