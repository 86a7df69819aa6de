using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>A product's schedule in words.</summary>
internal static class GemmText
{
    public static string Of(GemmSchedule s)
    {
        var parts = new List<string> { Tile(s), B(s) };
        if (s.IsCut) parts.Add($"KC = {Text(s.Nest.BlockLength)}{(s.Nest.K.Count > 1 ? " of axis " + Text(s.Nest.BlockedLevels) : "")}");
        parts.Add(Tasks(s));
        if (!s.IsDots && s.Nest.MVariable >= 0)
        {
            var rest = s.CutRows(s.WholeTile.AllVectors).Sizes.Skip(1).ToList();
            if (rest.Count > 0) parts.Add("remainder rows " + string.Join(" + ", rest.Select(r => Text(r))));
        }
        var kernel = s.Kernel(s.WholeTile);
        if (!s.IsDots && kernel.Steps > 1) parts.Add($"k unrolled {Text(kernel.Steps)}×");
        if (kernel.Prefetch != Prefetch.None) parts.Add(Ahead(kernel.Prefetch));
        if (s.PrefetchedEpilogue.Count > 0) parts.Add("epilogue prefetched");
        return string.Join(", ", parts);
    }

    private static string Tile(GemmSchedule s)
    {
        var (rows, columns) = (Groups(s.Tile.RowGroups, s.Tile.Rows), Groups(s.Tile.ColumnGroups, s.Tile.Columns));
        return $"{rows}×{columns} micro-kernel{(s.IsDots ? " along k" : "")}";
    }

    private static string Groups(int groups, int size) => groups == 1 ? Text(size) : $"({Text(groups)}·{Text(size)})";

    private static string B(GemmSchedule s) => s.B switch
    {
        OperandB.PackedParameter => "B packed once per update",
        OperandB.CopiedByTask => "B copied by each task",
        OperandB.TransposedByTask => "B transposed by each task",
        _ => "B in place",
    };

    private static string Tasks(GemmSchedule s)
    {
        var t = s.Tasks;
        var columns = t.ColumnParts > 1 ? $" × {Text(t.ColumnsOfAPart)} columns" : "";
        if (t.HasOwnLoops) return "a matrix B" + columns + " in a task";
        if (t.Variables.Count == 0) return t.ColumnParts > 1 ? $"{Text(t.ColumnsOfAPart)} columns in a task" : "one task";
        var all = t.IsOneLoop ? s.Nest.Loop.Outer[t.Variables[0]] : (Axis)(t.Size(t.Variables) * t.RowParts);
        if (t.HasAllRows) return "all rows" + columns + " in a task";
        if (!all.PerSample && t.Chunk >= all.Factor && t.ColumnParts == 1) return "one task";
        var unit = t.IsOverRows ? "row" : t.RowParts > 1 ? "part" : "point";
        var parts = !t.IsOverRows && t.RowParts > 1 ? $" of {Text(t.RowsOfAPart)} rows" : "";
        return $"{CpuSchedule.Count(t.Chunk, unit)}{parts}{columns} in a task";
    }

    private static string Ahead(Prefetch prefetch) => prefetch switch
    {
        Prefetch.NextPanel => "next panel prefetched",
        Prefetch.NextColumns => "next columns prefetched",
        _ => "next copy prefetched",
    };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
