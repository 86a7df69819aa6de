using System.ComponentModel;

namespace ModelGen.Runtime;

/// <summary>
/// Provides the base class of the generated loss in double precision. It keeps no state: several threads may run it, each with its own context.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe class LossInDouble
{
    /// <summary>Returns the workspace in doubles.</summary>
    /// <param name="samples">The batch size N.</param>
    public abstract long Workspace(int samples);

    /// <summary>Gets for each parameter, in the order of Info.Parameters, the number of the first formula that reads it.</summary>
    public abstract ReadOnlySpan<int> FirstFormula { get; }

    /// <summary>Computes the loss in training mode.</summary>
    /// <param name="context">Everything is set.</param>
    public abstract void Run(DoubleContext* context);
}
