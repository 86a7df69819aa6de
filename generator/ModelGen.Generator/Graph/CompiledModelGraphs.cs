using ModelGen.Generator.Support;

namespace ModelGen.Generator.Graphs;

/// <summary>An evaluated model: what is differentiated, planned and emitted.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="Name">The name of the class.</param>
/// <param name="Training">Forward and loss in training mode; null without a Loss.</param>
/// <param name="Inference">Forward in evaluation mode.</param>
/// <param name="Scoring">Forward and loss in evaluation mode; null without a Loss.</param>
/// <param name="Inputs">Columns of a batch: the parameters of Forward, then the targets of Loss. Leaves of the graphs have these names.</param>
/// <param name="ParameterPaths">Paths of parameters and buffers in order of declaration, as PyTorch's state_dict lists them. Leaves of the graphs have these paths.</param>
internal sealed record CompiledModelGraphs(
    string Namespace, string Name, Graph? Training, Graph Inference, Graph? Scoring,
    EquatableArray<ModelInput> Inputs, EquatableArray<string> ParameterPaths);

/// <summary>One column of a batch.</summary>
/// <param name="Name">The name of its leaf in the graphs.</param>
/// <param name="Type">With the batch axis.</param>
/// <param name="Classes">For labels: indices are below this; 0 for tensors.</param>
/// <param name="UsedByPredict">True for a parameter of Forward, false for a target that only Loss needs.</param>
internal sealed record ModelInput(string Name, TensorType Type, int Classes, bool UsedByPredict);
