using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>Prints what is done with a value that lies in a register: the later stages of its kernel, for one vector or one number.</summary>
internal static class EpilogueWriter
{
    /// <summary>Names values that several elements to come have in common: the scope knows them afterwards.</summary>
    /// <param name="number">Tells the names from others.</param>
    public static void Name(CodeWriter writer, Isa isa, Scope scope, IReadOnlyList<LoopStage> stages, int laneVariable, IReadOnlyList<Expr> values, int number)
    {
        if (values.Count > 0) new ExpressionWriter(isa, scope, stages[0], isa.IsScalar ? -1
            : laneVariable, writer, $"q{Text(number)}_")
        { Stages = stages }.NameAll(values);
    }

    /// <param name="scope">Knows the value as the local of the first stage.</param>
    /// <param name="laneVariable">The variable that runs over the lanes.</param>
    /// <param name="lanes">How many of them count.</param>
    /// <param name="value">The register; names are made from what follows its first letter.</param>
    public static void Write(CodeWriter writer, Isa isa, Scope scope, IReadOnlyList<LoopStage> stages, int laneVariable, int lanes, string value)
    {
        var suffix = value.Substring(1) + "_";
        // What several stages contain is computed once; none reads by address what another stores.
        var expressions = new ExpressionWriter(isa, scope, stages[0], isa.IsScalar ? -1 : laneVariable, writer, "t" + suffix) { Stages = stages };
        expressions.Expect(stages.Select(s => s.Stage.Expression));
        for (var number = 0; number < stages.Count; number++)
        {
            var stage = stages[number];
            var result = expressions.Next(stage.Stage.Expression);
            if (stage.Stage is LetStage let)
            {
                var name = "v" + suffix + Text(number);
                writer.Line($"var {name} = {result};");
                scope.Locals[let.Local] = name;
                continue;
            }
            var (pointer, index) = scope.Address(stage.Store!);
            writer.Line(isa.IsScalar
                || lanes == isa.Width ? isa.Store(pointer, index, result)
                : $"Simd.StorePartial({result}, {pointer}{(index.Length == 0 ? "" : " + " + index)}, {Text(lanes)});");
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
