using System.ComponentModel;

namespace ModelGen.Runtime;

/// <summary>Holds what the generated loss in double precision works on.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct DoubleContext
{
    /// <summary>The parameters: f64[Info.ParameterFloats].</summary>
    public double* Parameters;

    /// <summary>The running statistics: f64[Info.BufferFloats].</summary>
    public double* Buffers;

    /// <summary>A place for each value. What formulas before <see cref="From"/> computed is still there.</summary>
    public double* Workspace;

    /// <summary>The place that receives the mean loss, one number.</summary>
    public double* Loss;

    /// <summary>The columns of the batch in the order of Info.Inputs: numbers as f64, class indices as i32.</summary>
    public void** Inputs;

    /// <summary>The number of samples.</summary>
    public int N;

    /// <summary>The seed of this step's dropout.</summary>
    public uint Seed;

    /// <summary>The first formula to compute; all of them if it is below 0, and what differentiation holds constant too.</summary>
    public int From;

    /// <summary>The step of the recurrence that is being computed.</summary>
    public int Step;
}
