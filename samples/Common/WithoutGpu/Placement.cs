using System.CommandLine;

namespace Samples;

/// <summary>Where a network is trained: published as a native program, the sample has the processor alone.</summary>
internal sealed class Placement : IDisposable
{
    Placement(IModel model) => Model = model;

    /// <summary>What a trainer takes.</summary>
    public IModel Model { get; }

    /// <summary><c>--device</c>, which is refused.</summary>
    public static Option<string?> Option() => new("--device")
    {
        Description = "Not in this program: ILGPU compiles kernels at run time, which a native program cannot.",
        HelpName = "DEVICE",
        CustomParser = argument =>
        {
            argument.AddError("--device: this program was published without run-time compilation, and has no GPU; use dotnet run");
            return null;
        },
    };

    /// <summary>Places a network.</summary>
    public static Placement Of(IModel net, string? device, Terminal terminal) => new(net);

    /// <summary>Whether a failure is a device's.</summary>
    public static bool Concerns(Exception e) => false;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
