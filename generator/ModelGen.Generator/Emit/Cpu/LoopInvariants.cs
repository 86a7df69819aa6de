using System;
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
    /// <summary>The largest parts of the stages' expressions that follow none of the variables and are more than a read or a constant.</summary>
    /// <param name="keepsLocals">Whether values of earlier stages stay the same too.</param>
    public static IReadOnlyList<Expr> Along(IReadOnlyList<LoopStage> stages, IReadOnlyList<int> variables, bool keepsLocals)
    {
        var found = new List<Expr>();
        var occurrences = new Occurrences(stages.Select(s => s.Stage.Expression));
        foreach (var stage in stages) Collect(stage.Stage.Expression, occurrences, e => IsInvariant(stage, variables, keepsLocals, e), found);
        return found.Distinct().ToList();
    }

    private static void Collect(Expr e, Occurrences occurrences, Func<Expr, bool> isInvariant, List<Expr> found)
    {
        if (e is UnaryNode or BinaryNode or SelectNode && isInvariant(e))
        {
            found.Add(e);
            return;
        }
        // A product that is added to something is one instruction with the sum: its factors may be known, it is not.
        var fused = occurrences.Fused(e);
        foreach (var child in e.Children.SelectMany(c => ReferenceEquals(c, fused) ? c.Children : new[] { c })) Collect(child, occurrences, isInvariant, found);
    }

    private static bool IsInvariant(LoopStage stage, IReadOnlyList<int> variables, bool keepsLocals, Expr e) => e.SelfAndDescendants().All(part => part switch
    {
        Load load => Stays(stage.Reads[load], variables),
        Valid valid => Stays(stage.Reads[valid.Of], variables),
        IndexOf position => !variables.Any(stage.Reindex(position.Index).DependsOn),
        Expr.Random random => !variables.Any(stage.Reindex(random.Counter).DependsOn),
        Local => keepsLocals,
        _ => true,
    });

    private static bool Stays(Access access, IReadOnlyList<int> variables) => variables.All(v => access.Strides[v] == 0 && access.IsPlainAlong(v));
}
