using System.Collections.Immutable;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace ILGPU;

/// <summary>The root of everything else.</summary>
public sealed class Context : IDisposable
{
    Context(Builder builder)
    {
        // As the original does: who asks for CUDA alone gets the processor where there is none.
        Devices = builder.Devices.Count > 0 ? [.. builder.Devices] : [new CPUDevice()];
        OptimizationLevel = builder.Level;
        HasAlgorithms = builder.Algorithms;
    }

    /// <summary>The devices that the builder found.</summary>
    public ImmutableArray<Device> Devices { get; }

    internal OptimizationLevel OptimizationLevel { get; }

    internal bool HasAlgorithms { get; }

    /// <summary>Makes a context.</summary>
    public static Context Create(Action<Builder> buildingCallback)
    {
        var builder = new Builder();
        buildingCallback(builder);
        return new Context(builder);
    }

    /// <inheritdoc/>
    public void Dispose() { }

    /// <summary>Settings of a context to be.</summary>
    public sealed class Builder
    {
        internal List<Device> Devices { get; } = [];

        internal OptimizationLevel Level { get; private set; } = OptimizationLevel.O1;

        internal bool Algorithms { get; set; }

        /// <summary>Allows markers in streams.</summary>
        public Builder Profiling() => this;

        /// <summary>Sets the optimisation.</summary>
        public Builder Optimize(OptimizationLevel level)
        {
            Level = level;
            return this;
        }
    }
}
