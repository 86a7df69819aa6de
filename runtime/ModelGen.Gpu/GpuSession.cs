namespace ModelGen.Gpu;

/// <summary>
/// Represents a model running on a device. It is an <see cref="IModel"/>, so everything that takes a model takes it, and a <see cref="Trainer{TModel}"/> makes
/// whole steps on the device with it. Parameters changed on the host are noticed and uploaded.
/// </summary>
/// <typeparam name="TModel">The generated model.</typeparam>
/// <example>
/// <code>
/// using var device = GpuDevice.Open();
/// using var net = new GpuSession&lt;LeNet&gt;(new LeNet(), device);
/// var fit = new Trainer&lt;GpuSession&lt;LeNet&gt;&gt;(net, new Adam(3e-4f)) { BatchSize = 128 }.Fit(digits, epochs: 5);
/// SafeTensors.Save("lenet.safetensors", net.Parameters);
/// </code>
/// </example>
public sealed class GpuSession<TModel> : GpuSessionCore
    where TModel : class, IGpuModel
{
    /// <summary>Initializes a new instance of the <see cref="GpuSession{TModel}"/> class: compiles the model's kernels, allocates its memory and uploads its
    /// parameters.</summary>
    /// <param name="model">The model. Its own parameters fall behind while the device trains, until <see cref="GpuSessionCore.Download"/>.</param>
    /// <param name="device">The device; it must outlive the session.</param>
    public GpuSession(TModel model, GpuDevice device)
        : base(model, device)
    {
        Model = model;
    }

    /// <summary>Gets the model on the host.</summary>
    public TModel Model { get; }
}
