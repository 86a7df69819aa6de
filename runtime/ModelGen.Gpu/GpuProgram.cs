using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>
/// Provides the base class of generated programs: the launches of one model in training, prediction and scoring. A program owns its launchers and nothing else;
/// the session owns the memory and hands it over with each step.
/// </summary>
/// <remarks>
/// Every launch goes to <see cref="GpuStep.Stream"/>. The whole arenas may be passed to kernels with literal offsets; a part made by
/// <c>SubView</c> must start on a multiple of 64 floats, because ILGPU assumes that a view starts on 256 bytes.
/// </remarks>
public abstract class GpuProgram
{
    /// <summary>Initializes a new instance of the <see cref="GpuProgram"/> class.</summary>
    /// <param name="info">The facts of the model: parameters, gradients and buffers lie at the same offsets as on the host.</param>
    protected GpuProgram(ModelInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        Info = info;
    }

    /// <summary>Gets the facts of the model.</summary>
    public ModelInfo Info { get; }

    /// <summary>Gets whether large products run on the device's tensor cores, in TensorFloat32: the model allows it (<see cref="GpuMath.TensorFloat32"/>) and
    /// the device has them. Chosen by <see cref="LoadKernels"/>, once.</summary>
    public bool UsesTensorCores { get; protected set; }

    /// <summary>Gets the part of the workspace that grows with the batch, in floats for each of <see cref="GpuStep.Rows"/>; the larger of training and
    /// evaluation.</summary>
    public abstract long WorkspaceFloatsPerRow { get; }

    /// <summary>Gets the part of the workspace that does not depend on the batch, in floats.</summary>
    public abstract long WorkspaceFloatsFixed { get; }

    /// <summary>Names the kernels, each with its <see cref="KernelSpecialization"/>, and keeps the launchers. The session calls it once, before any
    /// step.</summary>
    /// <param name="loader">Takes the kernels; it loads them after this.</param>
    /// <remarks>Name them in the same order each time: ILGPU's text is then the same, and the driver finds it in its cache.</remarks>
    public abstract void LoadKernels(KernelLoader loader);

    /// <summary>Launches the forward and backward pass in training mode. It writes every element of Gradients that belongs to a parameter, Buffers and
    /// Loss[0].</summary>
    /// <param name="s">The memory of the step.</param>
    public abstract void Train(GpuStep s);

    /// <summary>Launches the forward pass in evaluation mode. It writes Output.</summary>
    /// <param name="s">The memory of the step; columns only the loss reads hold garbage.</param>
    public abstract void Infer(GpuStep s);

    /// <summary>Launches the forward pass in evaluation mode with the loss. It writes Output and Loss[0].</summary>
    /// <param name="s">The memory of the step.</param>
    public abstract void Score(GpuStep s);

    /// <summary>
    /// Launches the forward pass in training mode along a direction. It writes the outputs, their derivatives and the derivative of the loss to Output, one
    /// after the other, each for the whole batch.
    /// </summary>
    /// <param name="s">The memory of the step; the directions of the inputs that are numbers follow the inputs.</param>
    public virtual void Tangent(GpuStep s) =>
        throw new InvalidOperationException($"{Info.Name} was not compiled with directional derivatives: declare it [Model(Jvp = true)].");

    /// <summary>Where a view lies in the device's memory, for kernels with inline PTX.</summary>
    /// <param name="view">The view.</param>
    protected static long Address(ArrayView<float> view) => view.LoadEffectiveAddressAsPtr();
}
