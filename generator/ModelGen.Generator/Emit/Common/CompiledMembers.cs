namespace ModelGen.Generator.Emit.Common;

/// <summary>Names of members of the compiled network that other generated files refer to.</summary>
internal static class CompiledMembers
{
    /// <summary>The loss of a set as a formula of the sums of its batches.</summary>
    public const string LossOfSums = "LossOfSums";
}
