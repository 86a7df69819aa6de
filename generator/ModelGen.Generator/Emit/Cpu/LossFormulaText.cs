using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using static ModelGen.Generator.Expressions.Expr;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>Prints the loss of a set as a formula of the sums of its batches, in double precision.</summary>
internal static class LossFormulaText
{
    /// <param name="formula">The formula.</param>
    /// <param name="score">The program that computes the sums.</param>
    public static void Write(CodeWriter writer, LossFormula formula, Program score)
    {
        var (graph, sums) = (score.Graph, new ValueNames(score.Graph));
        var names = new ValueNames(formula.Evaluation);
        var values = formula.Steps.ToDictionary(step => step.Node, step => step.Body is not null ? names[step.Node]
            : $"s[{step.Sum.ToString(CultureInfo.InvariantCulture)}]" is var sum && step.IsMean ? $"({sum} / s.N)" : sum);
        writer.Line();
        writer.Line("/// <summary>The loss of all samples of a set, from the sums of its batches.</summary>");
        writer.Block($"public static double {CompiledMembers.LossOfSums}(LossSums s)", () =>
        {
            for (var k = 0; k < graph.Sums.Count; k++)
                writer.Line(FormattableString.Invariant($"// s[{k}]: %{graph.Sums[k]} {KernelText.Of(graph, graph[graph.Sums[k]], sums)}"));
            foreach (var step in formula.Steps.Where(step => step.Body is not null)) writer.Line($"double {values[step.Node]} = {Number(step.Body!, values)};");
            writer.Line($"return {values[formula.Steps[formula.Steps.Count - 1].Node]};");
        });
    }

    private static string Number(Expr e, IReadOnlyDictionary<int, string> names)
    {
        string Of(Expr x) => Number(x, names);
        switch (e)
        {
            case Const c: return Isa.Double.Constant(c.Value);
            case SizeOf { Axis: var axis }:
                var factor = axis.Factor.ToString(CultureInfo.InvariantCulture);
                return !axis.PerSample ? factor + "d" : axis.Factor == 1 ? "s.N" : $"({factor}d * s.N)";
            case Load l: return names[l.Node];
            case Stop s: return Of(s.X);
            case Surrogate s: return Of(s.Value);
            case UnaryNode u: return Isa.Double.Unary(u.Kind, Of(u.X));
            // Of nothing there is no mean: 0 / 0.
            case BinaryNode { Kind: BinaryKind.Div } b when b.B.Loads().Any(): return $"s.Ratio({Of(b.A)}, {Of(b.B)})";
            case BinaryNode b: return Isa.Double.Binary(b.Kind, Of(b.A), Of(b.B));
            case SelectNode s: return Isa.Double.Select(Truth(s.Condition, names), Of(s.Then), Of(s.Else));
            default: throw new InvalidOperationException("Not a number: " + e);
        }
    }

    private static string Truth(Expr e, IReadOnlyDictionary<int, string> names) => e switch
    {
        Compare c => Isa.Double.Compare(c.Kind, Number(c.A, names), Number(c.B, names)),
        Both b => Isa.Double.And(Truth(b.A, names), Truth(b.B, names)),
        _ => throw new InvalidOperationException("Not a truth value: " + e),
    };
}
