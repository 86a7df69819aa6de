using System.ComponentModel;

namespace ModelGen.Runtime;

/// <summary>What generated code works on in one call. Every pointer is a multiple of 64 bytes, or null where its size is zero.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct StepContext
{
    /// <summary>The parameters: f32[Info.ParameterFloats].</summary>
    public float* Parameters;

    /// <summary>Receives ∂loss/∂parameters: f32[Info.ParameterFloats]. Training only.</summary>
    public float* Gradients;

    /// <summary>A direction of the parameters: f32[Info.ParameterFloats]. Directional derivatives only.</summary>
    public float* Tangents;

    /// <summary>Running statistics: f32[Info.BufferFloats].</summary>
    public float* Buffers;

    /// <summary>What <c>Prepare</c> made from the parameters: f32[Info.PreparedFloats].</summary>
    public float* Prepared;

    /// <summary>What <c>Derive</c> made from parameters and buffers: f32[Info.DerivedFloats]. Predictions only.</summary>
    public float* Derived;

    /// <summary>Scratch memory of at least Info.TrainWorkspaceFloats(N) or Info.InferWorkspaceFloats(N) floats, contents undefined.</summary>
    public float* Workspace;

    /// <summary>Receives f32[N, Info.OutputLength] in evaluation mode, in an <see cref="AlignedBuffer"/>; null in training.</summary>
    public float* Output;

    /// <summary>Receives the loss, and behind it the sums it is a formula of: f32[1 + Info.LossSums].</summary>
    public float* Loss;

    /// <summary>The columns of the batch in the order of Info.Inputs.</summary>
    public void** Inputs;

    /// <summary>The number of samples.</summary>
    public int N;

    /// <summary>The seed of this step's dropout.</summary>
    public uint Seed;

    /// <summary>The threads.</summary>
    public Team Team;
}
