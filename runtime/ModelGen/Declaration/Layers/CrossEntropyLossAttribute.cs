namespace ModelGen;

/// <summary><see cref="Nn.CrossEntropy"/> as the loss of a network in class form; the classes are the size of the class axis.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CrossEntropyLossAttribute : LayerAttribute;
