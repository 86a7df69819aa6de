using System.ComponentModel;

namespace ModelGen.Runtime;

/// <summary>Computes the loss of a set from the sums of its batches.</summary>
/// <param name="s">The sums, added up over the batches.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate double LossFormula(LossSums s);
