using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>Which formulas are computed for two vectors at a time: those with a function that is a long chain of operations, of which one vector alone leaves
/// most of the processor waiting.</summary>
internal static class PairForm
{
    /// <param name="variable">The iteration variable that runs over the lanes.</param>
    public static bool Fits(CpuFamily family, LoopKernel loop, IReadOnlyList<LoopStage> stages, int variable) =>
        stages.All(s => s.Stage is not ReduceStage && s.Inner.Count == 0)
        && stages.Any(s => s.Stage.Expression.IsCostly())
        && stages.SelectMany(s => s.Reads.Values).Distinct().Count() <= family.Crossovers.ReadsOfPairs
        && stages.SelectMany(s => s.Stage.Expression.SelfAndDescendants()).All(Fits)
        && stages.SelectMany(s => s.Reads.Values)
            .All(a => a.Guards.Count == 0 && a.Strides[variable] is 0 or 1 && loop.Kernel.Arguments[a.Argument].Element == Graphs.ElementType.F32);

    private static bool Fits(Expr e) => e is Expr.Const or Expr.SizeOf or Expr.Local or Expr.Load or Expr.BinaryNode { Kind: not BinaryKind.Pow }
        or Expr.UnaryNode
    {
        Kind: UnaryKind.Neg or UnaryKind.Exp or UnaryKind.ExpM1 or UnaryKind.Tanh or UnaryKind.Sigmoid
                or UnaryKind.Erf or UnaryKind.Abs or UnaryKind.Sqrt
    };
}
