namespace ModelGen;

/// <summary>Adds <see cref="Nn.LogSigmoid"/> as a step of a network in class form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LogSigmoidAttribute : LayerAttribute;
