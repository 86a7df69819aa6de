using System.ComponentModel;

namespace ModelGen.Runtime;

/// <summary>Holds what generated code works on in one call. Every pointer is a multiple of 64 bytes, or null where its size is zero.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct StepContext
{
    /// <summary>The parameters: f32[Info.ParameterFloats].</summary>
    public float* Parameters;

    /// <summary>The array that receives ∂loss/∂parameters: f32[Info.ParameterFloats]. It is used in training only.</summary>
    public float* Gradients;

    /// <summary>A direction of the parameters: f32[Info.ParameterFloats]. It is used for directional derivatives only.</summary>
    public float* Tangents;

    /// <summary>The running statistics: f32[Info.BufferFloats].</summary>
    public float* Buffers;

    /// <summary>What <c>Prepare</c> made from the parameters: f32[Info.PreparedFloats].</summary>
    public float* Prepared;

    /// <summary>What <c>Derive</c> made from parameters and buffers: f32[Info.DerivedFloats]. It is used in predictions only.</summary>
    public float* Derived;

    /// <summary>Scratch memory of at least Info.TrainWorkspaceFloats(N) or Info.InferWorkspaceFloats(N) floats, with undefined contents.</summary>
    public float* Workspace;

    /// <summary>The array that receives f32[N, Info.OutputLength] in evaluation mode, in an <see cref="AlignedBuffer"/>; null in training.</summary>
    public float* Output;

    /// <summary>The array that receives the loss, and behind it the sums that it is a formula of: f32[1 + Info.LossSums].</summary>
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
