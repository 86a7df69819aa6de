using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>Holds what a step computes with. All views start on 256 bytes; the session uses one object again for every step.</summary>
public sealed class GpuStep
{
    private readonly ArrayView<float>[] _floats;
    private readonly ArrayView<int>[] _ints;

    internal GpuStep(AcceleratorStream stream, int inputs)
    {
        Stream = stream;
        _floats = new ArrayView<float>[2 * inputs];
        _ints = new ArrayView<int>[inputs];
    }

    /// <summary>Gets the parameters, f32[ParameterFloats], at the offsets of <see cref="ModelInfo.Parameters"/>.</summary>
    public ArrayView<float> Parameters { get; internal set; }

    /// <summary>Gets ∂loss/∂parameters, f32[ParameterFloats]; what a step does not write keeps its value from before, and the gaps are zero.</summary>
    public ArrayView<float> Gradients { get; internal set; }

    /// <summary>Gets a direction of the parameters, f32[ParameterFloats], at the same offsets, for directional derivatives only.</summary>
    public ArrayView<float> Tangents { get; internal set; }

    /// <summary>Gets the running statistics, f32[max(BufferFloats, 1)].</summary>
    public ArrayView<float> Buffers { get; internal set; }

    /// <summary>
    /// Gets the workspace, f32[WorkspaceFloatsPerRow · Rows + WorkspaceFloatsFixed] or more, not cleared. Offsets of the form k · <see cref="Rows"/> start on
    /// 256 bytes whatever k is.
    /// </summary>
    public ArrayView<float> Workspace { get; internal set; }

    /// <summary>Gets the outputs, f32[N, OutputLength] or more.</summary>
    public ArrayView<float> Output { get; internal set; }

    /// <summary>Gets the loss and the sums that it is a formula of, f32[1 + Info.LossSums].</summary>
    public ArrayView<float> Loss { get; internal set; }

    /// <summary>Gets the number of samples of the batch, at least 1.</summary>
    public int N { get; internal set; }

    /// <summary>Gets <see cref="N"/> rounded up to a multiple of 64.</summary>
    public int Rows => (N + 63) & ~63;

    /// <summary>Gets the seed that decides the dropout masks of the step.</summary>
    public uint Seed { get; internal set; }

    /// <summary>Gets the stream to which every launch of the step goes.</summary>
    public AcceleratorStream Stream { get; }

    /// <summary>Returns a column of numbers: f32[N, Length] or more (f32[Length] for an input without a batch axis).</summary>
    /// <param name="input">The index in <see cref="ModelInfo.Inputs"/>.</param>
    public ArrayView<float> Floats(int input) => _floats[input];

    /// <summary>Returns a column of class indices: i32[N, Length] or more.</summary>
    /// <param name="input">The index in <see cref="ModelInfo.Inputs"/>.</param>
    public ArrayView<int> Ints(int input) => _ints[input];

    internal void SetInput(int input, ArrayView<float> view) => _floats[input] = view;

    internal void SetInput(int input, ArrayView<int> view) => _ints[input] = view;
}
