using System.Text;

namespace ModelGen.Tests.Runtime;

/// <summary>Writes the overloads of Team.For and Team.For2: for one axis or two, up to three numbers and up to twelve pointers, or an array of them.</summary>
internal static class TeamForText
{
    private const int MostPointers = 12;
    private const int LineLength = 150;

    private static readonly string[] s_numbers = ["NoNumber", "OneNumber", "TwoNumbers", "ThreeNumbers"];

    public static IEnumerable<(string Path, string Text)> Files() =>
        from axes in new[] { 1, 2 }
        from numbers in Enumerable.Range(0, s_numbers.Length)
        select ($"TeamFor/Team.{Name(axes)}.{s_numbers[numbers]}.cs", Text(axes, numbers));

    private static string Name(int axes) => axes == 1 ? "For" : "For2";

    private static string Text(int axes, int numbers)
    {
        var text = new StringBuilder();
        text.AppendLine("namespace ModelGen.Runtime;");
        text.AppendLine();
        text.AppendLine("// Written by TeamForText in the tests.");
        text.AppendLine("public sealed unsafe partial class Team");
        text.Append('{');
        for (var pointers = 1; pointers <= MostPointers; pointers++)
        {
            text.AppendLine();
            Overload(text, axes, numbers, pointers);
            text.AppendLine();
            Call(text, axes, numbers, pointers);
        }

        text.AppendLine();
        Overload(text, axes, numbers, 0);
        text.AppendLine("}");
        return text.ToString();
    }

    // No pointers stand for the array of them, which is passed on as a pointer is.
    private static void Overload(StringBuilder text, int axes, int numbers, int pointers)
    {
        string[] types = pointers == 0 ? ["float**"] : [.. Range(pointers, i => $"T{i}*")];
        string[] names = pointers == 0 ? ["pointers"] : [.. Range(pointers, i => $"p{i}")];
        string[] extents = axes == 1 ? ["extent", "grain"] : ["extent", "grain", "extent2", "grain2"];
        string[] ns = [.. Range(numbers, i => $"n{i}")];
        var kernel = $"delegate*<{string.Join(", ", [.. Enumerable.Repeat("int", (2 * axes) + numbers), .. types, "void"])}> kernel";
        var generic = pointers == 0 ? "" : $"<{string.Join(", ", Range(pointers, i => $"T{i}"))}>";
        text.AppendLine($"    /// <summary>Calls kernel({Arguments(axes, numbers, pointers)}) for each part, of at most so many positions as the grain, of "
            + $"{(axes == 1 ? "an axis" : "two axes")}.</summary>");
        text.AppendLine($"    public void {Name(axes)}{generic}(");
        Wrapped(text, [kernel], ", ", ",");
        Wrapped(text, [.. extents.Concat(ns).Select(n => "int " + n), .. types.Zip(names, (type, name) => $"{type} {name}")], ", ", ")");
        if (pointers > 0) Wrapped(text, [.. Range(pointers, i => $"where T{i} : unmanaged")], " ", "");
        text.AppendLine("    {");
        text.AppendLine($"        if ({(axes == 1 ? "IsOnePart(extent, grain)" : "IsOnePart(extent, grain) && IsOnePart(extent2, grain2)")})");
        text.AppendLine("        {");
        string[] whole = axes == 1 ? ["0", "extent"] : ["0", "extent", "0", "extent2"];
        text.AppendLine($"            kernel({string.Join(", ", [.. whole, .. ns, .. names])});");
        text.AppendLine("            return;");
        text.AppendLine("        }");
        text.AppendLine();
        string[] fields = ["Kernel = kernel", .. Range(numbers, i => $"N{i} = n{i}"), .. names.Select((name, i) => $"P{i} = {name}")];
        var start = $"        var work = new ForWork({string.Join(", ", extents)})";
        var line = $"{start} {{ {string.Join(", ", fields)} }};";
        if (line.Length <= LineLength)
        {
            text.AppendLine(line);
        }
        else
        {
            text.AppendLine(start);
            text.AppendLine("        {");
            foreach (var field in fields) text.AppendLine($"            {field},");
            text.AppendLine("        };");
        }

        text.AppendLine($"        Run(&{CallName(axes, numbers, Math.Max(1, pointers))}, &work, work.Parts);");
        text.AppendLine("    }");
    }

    // The kernel's pointers are passed as pointers to nothing, so that one method serves all types.
    private static void Call(StringBuilder text, int axes, int numbers, int pointers)
    {
        string[] part = axes == 1 ? ["w->From(part)", "w->To(part)"] : ["w->FromOfTwo(part)", "w->ToOfTwo(part)", "w->From2(part)", "w->To2(part)"];
        string[] types = [.. Enumerable.Repeat("int", (2 * axes) + numbers), .. Enumerable.Repeat("void*", pointers), "void"];
        text.AppendLine($"    private static void {CallName(axes, numbers, pointers)}(void* work, int part)");
        text.AppendLine("    {");
        text.AppendLine("        var w = (ForWork*)work;");
        Wrapped(text, ["var kernel = (delegate*<" + types[0], .. types.Skip(1)], ", ", ">)w->Kernel;", 12);
        Wrapped(text, ["kernel(" + part[0], .. part.Skip(1), .. Range(numbers, i => $"w->N{i}"), .. Range(pointers, i => $"w->P{i}")], ", ", ");", 12);
        text.AppendLine("    }");
    }

    private static string CallName(int axes, int numbers, int pointers) => $"Call{Name(axes)}With{numbers}And{pointers}";

    private static string Arguments(int axes, int numbers, int pointers) => string.Join(", ",
    [
        .. axes == 1 ? new[] { "from", "to" } : ["from", "to", "from2", "to2"], .. Range(numbers, i => $"n{i}"),
        pointers == 0 ? "pointers" : pointers <= 2 ? string.Join(", ", Range(pointers, i => $"p{i}")) : $"p0, …, p{pointers - 1}",
    ]);

    private static IEnumerable<string> Range(int count, Func<int, string> text) => Enumerable.Range(0, count).Select(text);

    // What is too long for a line goes on at the column that is given.
    private static void Wrapped(StringBuilder text, string[] parts, string separator, string end, int next = 8)
    {
        var line = new StringBuilder(new string(' ', 8));
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i] + (i < parts.Length - 1 ? separator : end);
            if (i > 0 && line.Length + part.TrimEnd().Length > LineLength)
            {
                text.AppendLine(line.ToString().TrimEnd());
                line = new StringBuilder(new string(' ', next));
            }

            line.Append(part);
        }

        text.AppendLine(line.ToString().TrimEnd());
    }
}
