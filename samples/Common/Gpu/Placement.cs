using System.CommandLine;
using ModelGen.Gpu;

namespace Samples;

/// <summary>Where a network is trained: on the processor as it is, or in a session on a device.</summary>
internal sealed class Placement : IDisposable
{
    readonly IDisposable[] _opened;

    Placement(IModel model, params IDisposable[] opened) => (Model, _opened) = (model, opened);

    /// <summary>What a trainer takes.</summary>
    public IModel Model { get; }

    /// <summary><c>--device</c>.</summary>
    public static Option<string?> Option() => new("--device")
    {
        Description = "Train on a device: auto (CUDA, or else OpenCL), cuda, cuda:1, opencl; cpu is ILGPU's simulator, for tests. Without it: the processor.",
        HelpName = "DEVICE",
        CustomParser = argument =>
        {
            string text = SampleOptions.Text(argument);
            if (!GpuDevice.IsName(text))
                argument.AddError($"--device: expected auto, cuda, opencl or cpu, with an index if wanted (cuda:1), got '{text}'");
            return text;
        },
    };

    /// <summary>Places a network, and says on what where that is no matter of course.</summary>
    /// <exception cref="UsageException">There is no such device.</exception>
    public static Placement Of<TModel>(TModel net, string? device, Terminal terminal)
        where TModel : class, IGpuModel
    {
        if (device is null)
            return new Placement(net);
        GpuDevice opened;
        try
        {
            opened = GpuDevice.Open(device);
        }
        catch (GpuUnavailableException e)
        {
            throw new UsageException($"--device {device}: {e.Message}");
        }
        try
        {
            var session = new GpuSession<TModel>(net, opened);
            terminal.WriteLine(ProgressLine.Text($"on {opened}: {session.KernelCount} kernels loaded in {session.KernelLoadTime.TotalSeconds:F1} s"));
            return new Placement(session, session, opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Whether a failure is the device's, and its message enough for the person.</summary>
    public static bool Concerns(Exception e) => e is GpuLostException or InsufficientMemoryException;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable opened in _opened)
            opened.Dispose();
    }
}
