using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;
using static ModelGen.Generator.Expressions.Expr;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>What stays the same while a loop runs, as a row's 1 / √(variance + ε) does along the row. The JIT leaves such a value inside: it cannot
/// know that what the loop stores is not what the value was read from.</summary>
internal static class LoopInvariants
{
    /// <summary>The largest parts of the stages' expressions that do not follow the variable, but for what costs nothing to repeat: constants and single numbers.</summary>
    public static IReadOnlyList<Expr> Along(IEnumerable<LoopStage> stages, int variable)
    {
        var found = new List<Expr>();
        foreach (var stage in stages) Collect(stage, variable, stage.Stage.Expression, found);
        return found.Distinct().ToList();
    }

    private static void Collect(LoopStage stage, int variable, Expr e, List<Expr> found)
    {
        if (e is UnaryNode or BinaryNode or SelectNode && IsInvariant(stage, variable, e))
        {
            found.Add(e);
            return;
        }
        // A product that is added to something is one instruction with the sum: its factors may be known, it is not.
        var fused = ExpressionWriter.Fused(e, _ => false);
        foreach (var child in e.Children.SelectMany(c => ReferenceEquals(c, fused) ? c.Children : new[] { c })) Collect(stage, variable, child, found);
    }

    private static bool IsInvariant(LoopStage stage, int variable, Expr e) => e.SelfAndDescendants().All(part => part switch
    {
        Load load => Stays(stage.Reads[load], variable),
        Valid valid => Stays(stage.Reads[valid.Of], variable),
        IndexOf position => !stage.Reindex(position.Index).DependsOn(variable),
        Random random => !stage.Reindex(random.Counter).DependsOn(variable),
        _ => true,
    });

    private static bool Stays(Access access, int variable) => access.Strides[variable] == 0 && access.IsPlainAlong(variable);
}
