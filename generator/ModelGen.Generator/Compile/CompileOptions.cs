using ModelGen.Generator.Passes;

namespace ModelGen.Generator.Compile;

/// <summary>What to compile.</summary>
/// <param name="Gpu">True where the compilation can see ILGPU and ModelGen.Gpu.</param>
/// <param name="Jvp">True where the model asks for forward-mode derivatives.</param>
/// <param name="GradientCheck">True where the model asks for its loss in double precision, to check gradients against.</param>
/// <param name="WinogradPoints">See <see cref="TileConvolutions.Apply"/>.</param>
/// <param name="IsChecked">True where the project asks for checks of overflow.</param>
/// <param name="ShowsPasses">True where the project asks for a file that tells what each step of the compiler makes.</param>
/// <param name="ForTensorCores">True where the model lets a GPU round the factors of large products for its tensor cores.</param>
internal sealed record CompileOptions(
    bool Gpu = false, bool Jvp = false, bool GradientCheck = false, int WinogradPoints = WinogradMatrices.MostPoints, bool IsChecked = false,
        bool ShowsPasses = false,
    bool ForTensorCores = false);
