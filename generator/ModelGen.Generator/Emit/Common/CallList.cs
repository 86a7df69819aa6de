using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Common;

/// <summary>The calls of a program as methods of bounded length, with a loop around those that are repeated for each step of a recurrence.</summary>
internal static class CallList
{
    /// <summary>The variable that counts the steps.</summary>
    public const string Step = "step";

    /// <summary>The number of samples that are done, where calls are made for some after the other.</summary>
    public const string Done = "done";

    /// <summary>The context of calls for some samples.</summary>
    public const string Some = "some";

    /// <summary>Ranges of calls with the names of their methods; a loop stays in one.</summary>
    public static IReadOnlyList<(int From, int To, string Name)> Split(Program program, int from, int to, string name, int most)
    {
        var ranges = program.Ranges(from, to, most);
        return ranges.Select((r, k) => (r.From, r.To, Name(name, k, ranges.Count))).ToList();
    }

    /// <summary>The name of one of the methods that a list is cut into.</summary>
    public static string Name(string name, int part, int parts) => name + (parts > 1 ? Number(part + 1) : "");

    /// <summary>Writes a range of calls.</summary>
    public static void Write(CodeWriter writer, Program program, int from, int to, Action<KernelCall> call)
    {
        for (var c = from; c < to; c++)
        {
            writer.Line();
            if (program.Loops.FirstOrDefault(l => l.First == c) is { } loop)
                writer.Open(Head(loop.Steps, loop.FromEnd));
            if (program.BatchLoops.FirstOrDefault(l => l.First == c) is { } blocks)
            {
                writer.Line("// For some samples after the other, so that what lies between these kernels stays in the cache.");
                writer.Open($"for (int {Done} = 0; {Done} < s.N; {Done} += {Number(blocks.Samples)})");
                writer.Line($"var {Some} = s with {{ N = Math.Min({Number(blocks.Samples)}, s.N - {Done}) }};");
                writer.Line();
            }
            call(program.Calls[c]);
            if (program.Loops.Any(l => l.End == c + 1) || program.BatchLoops.Any(l => l.End == c + 1)) writer.Close();
        }
    }

    /// <summary>The head of the loop over the steps of a recurrence.</summary>
    public static string Head(int steps, bool fromEnd) =>
        fromEnd ? $"for (int {Step} = {Number(steps - 1)}; {Step} >= 0; {Step}--)" : $"for (int {Step} = 0; {Step} < {Number(steps)}; {Step}++)";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
