namespace ModelGen;

/// <summary>Tells how far a check of gradients is.</summary>
/// <param name="Parameter">What is being checked.</param>
/// <param name="Checked">Elements done, of all parameters.</param>
/// <param name="Total">Elements to do.</param>
public readonly record struct GradientCheckProgress(string Parameter, long Checked, long Total);
