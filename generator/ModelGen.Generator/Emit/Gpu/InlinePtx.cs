using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints inline PTX, several instructions at a time.</summary>
internal static class InlinePtx
{
    /// <summary>No values of C#.</summary>
    public static readonly IReadOnlyList<string> Nothing = Array.Empty<string>();

    private const int LineLength = 140;

    /// <summary>One piece of text.</summary>
    /// <param name="arguments">C# for %0, %1, …: ten at most.</param>
    /// <param name="instructions">The text, without semicolons.</param>
    public static void Write(CodeWriter writer, IReadOnlyList<string> arguments, IEnumerable<string> instructions)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var instruction in instructions)
        {
            if (line.Length > 0 && line.Length + instruction.Length > LineLength) Break();
            line.Append(line.Length == 0 ? "" : " ").Append(instruction).Append(';');
        }
        Break();
        var end = string.Concat(arguments.Select(a => ", " + a)) + ");";
        if (lines.Count == 1)
        {
            writer.Line($"CudaAsm.Emit(\"{lines[0]}\"{end}");
            return;
        }
        writer.Line("CudaAsm.Emit(");
        writer.Indent();
        for (var k = 0; k < lines.Count; k++) writer.Line(k < lines.Count - 1 ? $"\"{lines[k]} \" +" : $"\"{lines[k]}\"{end}");
        writer.Unindent();

        void Break()
        {
            lines.Add(line.ToString());
            line.Clear();
        }
    }
}
