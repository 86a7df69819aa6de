using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>What is in force throughout the loop over steps: its schedule, and the names of the arrays that the group shares.</summary>
/// <param name="Names">The names behind the numbers that stages read by; those of held tensors are the lines of the sample that is computed.</param>
internal sealed record StepNames(StepLoopSchedule Schedule, GpuScope Scope, List<string> Names)
{
    /// <summary>The sums of a product on their way to the threads of their points, as floats and as vectors of four.</summary>
    public const string Sums = "sums", WideSums = "sums4";

    /// <summary>Which half of a double array the step writes.</summary>
    public const string Side = "side";

    /// <summary>The group's first sample.</summary>
    public const string First = "first";

    public StepBody Body => Schedule.Body;

    public int Samples => Schedule.Samples;

    /// <summary>The number of samples as emitted code spells it.</summary>
    public string Count => Scope.Atom(Extent.Of(new[] { Body.Samples }));

    /// <summary>The array of a held tensor.</summary>
    public static string Held(int held) => "held" + Literals.Int(held);

    /// <summary>The same as vectors of four.</summary>
    public static string WideHeld(int held) => Held(held) + "Wide";

    /// <summary>Where the lines of a number begin in the array of its held tensor; empty for its beginning.</summary>
    public string Start(int number)
    {
        var held = Body.Held[Body.HeldOf(number)];
        if (!held.IsDouble) return "";
        var isBefore = number == Body.Number(Body.HeldOf(number), isBefore: true);
        return $"{(isBefore ? $"({Side} ^ 1)" : Side)} * {Literals.Int(Samples * held.Line)}";
    }

    /// <summary>Declares the line of a sample of each held tensor that a statement uses at its points; the names by their numbers.</summary>
    public IReadOnlyDictionary<int, string> DeclareLines(CodeWriter writer, StepStatement statement, string row)
    {
        var declared = new Dictionary<string, string>();
        var lines = new Dictionary<int, string>();
        var numbers = statement.AtPoint.SelectMany(s => s.Stage.Reads.Values.Append(s.Held)).OfType<Access>().Select(a => a.Argument).Distinct();
        foreach (var number in numbers.Where(n => Body.HeldOf(n) >= 0))
        {
            var held = Body.HeldOf(number);
            var line = Body.Held[held].Line;
            var place = int.TryParse(row, out var known) ? known == 0 ? "" : Literals.Int(known * line) : $"{row} * {Literals.Int(line)}";
            var start = string.Join(" + ", new[] { Start(number), place }.Where(t => t.Length > 0));
            lines[number] = Held(held);
            if (start.Length == 0) continue;
            var view = $"{Held(held)}.SubView({start}, {Literals.Int(line)})";
            if (!declared.ContainsKey(view)) writer.Line($"var {declared[view] = Scope.Fresh("t")} = {view};");
            lines[number] = declared[view];
        }
        return lines;
    }

    /// <summary>Gives the numbers of held tensors the lines of a sample.</summary>
    public void Use(IReadOnlyDictionary<int, string> lines)
    {
        foreach (var line in lines) Names[line.Key] = line.Value;
    }
}
