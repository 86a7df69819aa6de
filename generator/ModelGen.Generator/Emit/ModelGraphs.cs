using ModelGen.Generator.Graphs;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit;

/// <summary>A model as the frontend hands it over: its name and its graphs before differentiation.</summary>
/// <param name="Namespace">Empty for the global one.</param>
/// <param name="Name">Of the class.</param>
/// <param name="Training">Forward and loss in training mode; Loss is -1 for a model that is only run.</param>
/// <param name="Evaluation">The same in evaluation mode.</param>
internal sealed record ModelGraphs(string Namespace, string Name, Graph Training, Graph Evaluation);

/// <summary>What to emit.</summary>
/// <param name="Gpu">True where the compilation can see ILGPU and ModelGen.Gpu.</param>
/// <param name="Jvp">True where the model asks for forward-mode derivatives.</param>
/// <param name="GradientCheck">True where the model asks for its loss in double precision, to check gradients against.</param>
/// <param name="WinogradPoints">See <see cref="TileConvolutions.Apply"/>.</param>
internal sealed record EmitOptions(bool Gpu = false, bool Jvp = false, bool GradientCheck = false, int WinogradPoints = WinogradMatrices.MostPoints);
