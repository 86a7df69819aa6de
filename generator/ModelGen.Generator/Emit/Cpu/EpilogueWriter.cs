using System.Collections.Generic;
using System.Globalization;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>Prints what is done with a value that lies in a register: the later stages of its kernel, for one vector or one number.</summary>
internal static class EpilogueWriter
{
    /// <param name="scope">Knows the value as the local of the first stage.</param>
    /// <param name="laneVariable">The variable that runs over the lanes.</param>
    /// <param name="lanes">How many of them count.</param>
    /// <param name="value">The register; names are made from what follows its first letter.</param>
    public static void Write(CodeWriter writer, Isa isa, Scope scope, IEnumerable<LoopStage> stages, int laneVariable, int lanes, string value)
    {
        var number = 0;
        foreach (var stage in stages)
        {
            var prefix = $"t{value.Substring(1)}_{Text(number++)}_";
            var result = new ExpressionWriter(isa, scope, stage, isa.IsScalar ? -1 : laneVariable, writer, prefix).Write(stage.Stage.Expression);
            if (stage.Stage is LetStage let)
            {
                var name = "v" + prefix.Substring(1).TrimEnd('_');
                writer.Line($"var {name} = {result};");
                scope.Locals[let.Local] = name;
                continue;
            }
            var (pointer, index) = scope.Address(stage.Store!);
            writer.Line(isa.IsScalar || lanes == isa.Width ? isa.Store(pointer, index, result) : $"Simd.StorePartial({result}, {pointer}{(index.Length == 0 ? "" : " + " + index)}, {Text(lanes)});");
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
