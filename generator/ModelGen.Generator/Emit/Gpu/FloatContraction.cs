using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>A product in FP32, for any device: a few steps of k at a time go through shared memory in two stages, so that the next step's elements are under
/// way while
/// this one's are multiplied.</summary>
/// <remarks>One barrier a step stands at the head of the loop, behind the loads from memory: a barrier at the end of a block is where ILGPU's optimiser moves
/// the reads of a tile past it, and a fast warp then overwrites what a slow one still reads.</remarks>
internal sealed class FloatContraction : GpuContraction
{
    private readonly FloatTile _tile;

    public FloatContraction(KernelEntry entry, ProductSchedule schedule, FloatTile tile) : base(entry, schedule) => _tile = tile;

    protected override string ShareRemark => $"{_tile.MicroM}x{_tile.MicroN} in each thread";

    protected override string FirstRow => "readA";

    protected override void Shared(CodeWriter writer)
    {
        writer.Line("// Two stages of A, two of B; the sums on their way out take the place of both.");
        writer.Line($"var shared4 = SharedMemory.Allocate<Float4>({Literals.Int(Product.SharedFloats / 4)});");
        writer.Line($"var tileA4 = shared4.SubView(0, {Literals.Int(Product.A.StageFloats / 2)});");
        writer.Line($"var tileB4 = shared4.SubView({Literals.Int(Product.A.StageFloats / 2)}, {Literals.Int(Product.B.StageFloats / 2)});");
        writer.Line("var tileA = tileA4.Cast<float>();");
        writer.Line("var tileB = tileB4.Cast<float>();");
    }

    protected override void Steps(CodeWriter writer, StepRange range, string rows, string columns, IReadOnlyList<string> batch)
    {
        var more = $"(turn < {range.Steps})";
        writer.Line("// What this thread copies in each step: rows of A, rows of B, and its place along k.");
        A.DeclareView(writer);
        A.Prepare(writer, rows, batch, range);
        A.PrepareStores(writer);
        B.DeclareView(writer, A);
        B.Prepare(writer, columns, batch, range, A);
        B.PrepareStores(writer);
        Places(writer);
        for (var i = 0; i < _tile.MicroM; i++)
            writer.Line("float " + string.Join(", ", Enumerable.Range(0, _tile.MicroN).Select(j => Sum(i, j) + " = 0f")) + ";");
        A.Fetch(writer, "first", "");
        B.Fetch(writer, "first", "");
        A.Store(writer, "first", "0");
        B.Store(writer, "first", "0");
        writer.Line("var stage = 0;");
        writer.Open($"for (var turn = 1; turn <= {range.Steps}; turn++)");
        writer.Line("// The next step's elements are under way while this step is computed.");
        A.Advance(writer, more);
        B.Advance(writer, more);
        A.Fetch(writer, "next", more);
        B.Fetch(writer, "next", more);
        writer.Line("// Between the stores of the last step and the reads of this one.");
        writer.Line("Group.Barrier();");
        Multiply(writer);
        writer.Line("stage ^= 1;");
        A.Store(writer, "next", "stage");
        B.Store(writer, "next", "stage");
        writer.Close();
    }

    protected override void StoreSums(CodeWriter writer, string row)
    {
        int lanesA = _tile.LaneRows * Math.Min(4, _tile.MicroM), lanesB = _tile.LaneColumns * Math.Min(4, _tile.MicroN),
            line = _tile.LineOut;
        writer.Line($"var toC = tileC.SubView({row} * {Literals.Int(line)} + readB, {Literals.Int(Place(_tile.MicroM - 1, _tile.MicroN - 1) + 1)});");
        for (var i = 0; i < _tile.MicroM; i++)
            writer.Line(string.Join(" ", Enumerable.Range(0, _tile.MicroN).Select(j => $"toC[{Literals.Int(Place(i, j))}] = {Sum(i, j)};")));

        int Place(int i, int j) => (i / 4 * lanesA + i % 4) * line + j / 4 * lanesB + j % 4;
    }

    private static string Sum(int i, int j) => "sum" + Literals.Int(i) + Literals.Int(j);

    // Where the thread's sums are in the tile: a warp has 4x8 threads, and each thread up to four neighbours at a time.
    private void Places(CodeWriter writer)
    {
        int rows = Math.Min(4, _tile.MicroM), columns = Math.Min(4, _tile.MicroN);
        writer.Line("// Where its sums are in the tile; a warp has 4x8 threads.");
        var warpRow = _tile.WarpColumns == 1 ? "(thread >> 5)" : GpuScope.Quotient("thread", _tile.ThreadsOfAWarpRow);
        writer.Line($"var readA = {warpRow}{Times(_tile.LaneRows * _tile.MicroM)} + ((thread >> 3) & 3){Times(rows)};");
        var warpColumn = _tile.WarpColumns == 1 ? ""
            : $"((thread >> 5) & {Literals.Int(_tile.WarpColumns - 1)}){Times(_tile.LaneColumns * _tile.MicroN)} + ";
        writer.Line($"var readB = {warpColumn}(thread & 7){Times(columns)};");
    }

    private void Multiply(CodeWriter writer)
    {
        writer.Line("// Views that begin at the thread's place: the numbers that follow become offsets of the instructions.");
        View(writer, "A", _tile.MicroM, _tile.LaneRows, Product.A);
        View(writer, "B", _tile.MicroN, _tile.LaneColumns, Product.B);
        for (var k = 0; k < _tile.Depth; k++)
        {
            var a = Factors(writer, "A", _tile.MicroM, _tile.LaneRows, k, Product.A.Line);
            var b = Factors(writer, "B", _tile.MicroN, _tile.LaneColumns, k, Product.B.Line);
            for (var i = 0; i < _tile.MicroM; i++)
                writer.Line(string.Join(" ", Enumerable.Range(0, _tile.MicroN).Select(j => $"{Sum(i, j)} += {a[i]} * {b[j]};")));
        }
    }

    private void View(CodeWriter writer, string name, int micro, int lanes, OperandCopy operand)
    {
        var isFour = micro >= 4;
        var unit = isFour ? 4 : 1;
        var length = ((_tile.Depth - 1) * operand.Line + (isFour ? (micro / 4 - 1) * 4 * lanes : micro - 1)) / unit + 1;
        var start = (isFour ? $"(read{name} >> 2)" : "read" + name) + " + stage * " + Literals.Int(operand.StageFloats / unit);
        writer.Line($"var from{name} = tile{name}{(isFour ? "4" : "")}.SubView({start}, {Literals.Int(length)});");
    }

    private static IReadOnlyList<string> Factors(CodeWriter writer, string operand, int micro, int lanes, int k, int line)
    {
        var name = operand.ToLowerInvariant() + Literals.Int(k);
        var names = new List<string>();
        var values = new List<string>();
        if (micro < 4)
        {
            for (var i = 0; i < micro; i++)
            {
                names.Add(micro == 1 ? name : name + "_" + Literals.Int(i));
                values.Add($"from{operand}[{Literals.Int(k * line + i)}]");
            }
            writer.Line("float " + string.Join(", ", names.Select((n, i) => $"{n} = {values[i]}")) + ";");
            return names;
        }
        for (var piece = 0; piece < micro / 4; piece++)
        {
            names.Add(micro == 4 ? name : name + "_" + Literals.Int(piece));
            values.Add($"from{operand}[{Literals.Int(k * line / 4 + piece * lanes)}]");
        }
        writer.Line("Float4 " + string.Join(", ", names.Select((n, i) => $"{n} = {values[i]}")) + ";");
        return names.SelectMany(n => "XYZW".Select(c => n + "." + c)).ToList();
    }
}
