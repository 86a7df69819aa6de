namespace ModelGen.Gpu;

/// <summary>
/// A model running on a device. As an <see cref="IModel"/> it behaves as the model itself does on the processor, so a trainer can use
/// it: parameters changed on the host are noticed, gradients and running statistics come back with each
/// <see cref="GpuSessionCore.Backward"/>. With <see cref="GpuSessionCore.TrainStep"/> a whole step, optimizer included, stays on the device.
/// </summary>
/// <typeparam name="TModel">The generated model.</typeparam>
/// <example>
/// <code>
/// using var device = GpuDevice.Open();
/// using var session = new GpuSession&lt;LeNet&gt;(new LeNet(), device);
/// using var adam = new GpuAdam(3e-4f);
/// session.TrainStep(batch, stepSeed, adam);
/// session.Download();                           // session.Model has the weights now
/// </code>
/// </example>
public sealed class GpuSession<TModel> : GpuSessionCore
    where TModel : class, IGpuModel
{
    /// <summary>Compiles the model's kernels, allocates its memory and uploads its parameters.</summary>
    /// <param name="model">The model; its parameters are what <see cref="GpuSessionCore.Download"/> fills.</param>
    /// <param name="device">The device; it must outlive the session.</param>
    public GpuSession(TModel model, GpuDevice device)
        : base(model, device)
    {
        Model = model;
    }

    /// <summary>The model on the host.</summary>
    public TModel Model { get; }
}
