using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints <c>C[m,n] = epilogue(Σ_k A[m,k]·B[n,k])</c>: a group computes one tile of C, and goes through k in steps whose elements pass through shared
/// memory.</summary>
/// <remarks>The sums leave through shared memory as well, so that the epilogue stands in the text once and neighbouring threads store neighbouring
/// elements.</remarks>
internal abstract class GpuContraction : GpuKernelText
{
    private readonly ProductSides _sides;
    private readonly ProductTile _tile;

    protected GpuContraction(KernelEntry entry, ProductSchedule schedule) : base(entry, schedule)
    {
        (Product, _sides, _tile) = (schedule, schedule.Sides, schedule.Tile);
        A = new(Scope, schedule.A, _sides.Batch, "a");
        B = new(Scope, schedule.B, _sides.Batch, "b");
    }

    public override string Groups => string.Join(" * ", new[] { TilesText(A), TilesText(B), _sides.Batches.Atom() }.Where(t => t != "1").DefaultIfEmpty("1"));

    public override string Remark =>
        $"{(_sides.Parts > 1 ? $"The sums over {Literals.Int(_sides.Parts)} parts of k. " : "")}Product of m = {_sides.M.Shown()}, n = {_sides.N.Shown()}, k "
            + $"= {_sides.K.Shown()}{(_sides.Batches.IsOne ? "" : ", " + _sides.Batches.Shown() + " of them")}; "
        + $"a group of {Literals.Int(_tile.Threads)} threads computes {_tile.TileM}x{_tile.TileN} elements, {ShareRemark}.";

    public override bool UsesGroup => TilesText(A) != "1" || TilesText(B) != "1" || _sides.Batch.Count > 0;

    /// <summary>How it is computed.</summary>
    protected ProductSchedule Product { get; }

    /// <summary>The factor with the rows.</summary>
    protected ProductOperand A { get; }

    /// <summary>The factor with the columns.</summary>
    protected ProductOperand B { get; }

    /// <summary>Says what of a tile a thread or a warp computes, and how.</summary>
    protected abstract string ShareRemark { get; }

    /// <summary>Where the thread's sums begin in the tile, by rows; in C#.</summary>
    protected abstract string FirstRow { get; }

    public override void Body(CodeWriter writer)
    {
        Shared(writer);
        writer.Line("var tileC = shared4.Cast<float>();");
        writer.Line("var thread = Group.IdxX;");
        var batch = Tile(writer);
        Steps(writer, Range(writer, batch), TilesText(A) == "1" ? "0" : "m0", TilesText(B) == "1" ? "0" : "n0", batch);
        Epilogue(writer, batch);
    }

    /// <summary>Declares shared memory, as <c>shared4</c>.</summary>
    protected abstract void Shared(CodeWriter writer);

    /// <summary>The sums, by steps of k.</summary>
    /// <param name="rows">The first row of the tile.</param>
    /// <param name="columns">Its first column.</param>
    /// <param name="batch">A name for each batch variable.</param>
    protected abstract void Steps(CodeWriter writer, StepRange range, string rows, string columns, IReadOnlyList<string> batch);

    /// <summary>Stores the thread's sums to shared memory.</summary>
    /// <param name="row">Their first row among those that go out; in C#.</param>
    protected abstract void StoreSums(CodeWriter writer, string row);

    /// <summary>A factor after a text, where it is not 1.</summary>
    protected static string Times(int factor) => factor == 1 ? "" : " * " + Literals.Int(factor);

    // The tile of the group.
    private IReadOnlyList<string> Tile(CodeWriter writer)
    {
        var tilesA = TilesText(A);
        var tilesB = TilesText(B);
        // The number of the group counts columns, rows and batches; what depends on the batch size comes last, so that nothing is divided by it.
        var counts = new[]
        {
            (Name: "n0", Count: tilesB, Tile: _tile.TileN),
            (Name: "m0", Count: tilesA, Tile: _tile.TileM),
            (Name: "batch", Count: _sides.Batch.Count == 0 ? "1" : _sides.Batches.Atom(), Tile: 1),
        };
        var counted = counts.Where(c => c.Count != "1").OrderBy(c => !int.TryParse(c.Count, out _)).ToList();
        var rest = "group";
        foreach (var (name, count, tile) in counted)
        {
            var own = name == counted[counted.Count - 1].Name ? rest : Left(rest, count);
            writer.Line($"var {name} = {own}{Times(tile)};");
            rest = Over(rest, count);
        }
        foreach (var (name, count, _) in counts)
            if (count == "1" && (name != "batch" || _sides.Batch.Count > 0)) writer.Line($"var {name} = 0;");
        return _sides.Batch.Count == 0 ? new string[0] : Scope.Split(writer, "batch", _sides.Batch.Select(j => _sides.Loop.Outer[j]).ToList(), "o");
    }

    // What of k the group sums up.
    private StepRange Range(CodeWriter writer, IReadOnlyList<string> batch)
    {
        var depth = _tile.Depth;
        var last = Scope.Text(_sides.K);
        if (_sides.Parts > 1)
        {
            // Whole steps for each part; the last ones may have none.
            writer.Line($"var kLength = {GpuScope.Quotient($"({last} + {Literals.Int(_sides.Parts * depth - 1)})", _sides.Parts * depth)} * "
                + $"{Literals.Int(depth)};");
            writer.Line($"var kFirst = {batch[0]} * kLength;");
            writer.Line($"var kLast = IntrinsicMath.Min(kFirst + kLength, {last});");
            writer.Line($"var steps = {GpuScope.Quotient($"IntrinsicMath.Max(kLast - kFirst + {Literals.Int(depth - 1)}, 0)", depth)};");
            return new("kFirst", "kLast", "steps", false);
        }
        var steps = _sides.K.Groups(depth);
        if (!_sides.K.IsLiteral)
        {
            writer.Line($"var steps = {steps};");
            steps = "steps";
        }
        return new("0", last, steps, _sides.K.IsMultipleOf(depth));
    }

    // The sums of one, two or all rows of warps at a time, then the epilogue with a thread for each of neighbouring columns.
    private void Epilogue(CodeWriter writer, IReadOnlyList<string> batch)
    {
        int rowsOut = _tile.RowsOut, line = _tile.LineOut, rounds = _tile.TileM / rowsOut;
        var rowsAtOnce = _tile.Threads / _tile.TileN;
        writer.Line("// The sums leave through shared memory: neighbouring threads store neighbouring elements.");
        writer.Line($"var columnInTile = {GpuScope.Remainder("thread", _tile.TileN)};");
        writer.Line($"var rowInTile = {GpuScope.Quotient("thread", _tile.TileN)};");
        writer.Line("var column = n0 + columnInTile;");
        writer.Line("var row = m0 + rowInTile;");
        var walk = PositionWalk.Start(writer, Scope, "row", _sides.Rows.Select(j => _sides.Loop.Outer[j]).ToList(), rowsAtOnce, "m");
        var columns = Scope.Split(writer, "column", _sides.Columns.Select(j => _sides.Loop.Outer[j]).ToList(), "n");
        var conditions = new List<string>();
        var row = walk.Variables.Count == 1 ? walk.Variables[0] : "row";
        if (!_sides.M.IsMultipleOf(_tile.TileM)) conditions.Add($"({row} < {Scope.Text(_sides.M)})");
        if (!_sides.N.IsMultipleOf(_tile.TileN)) conditions.Add($"(column < {Scope.Text(_sides.N)})");
        if (rounds > 1)
        {
            writer.Open($"for (var part = 0; part < {Literals.Int(rounds)}; part++)");
            writer.Line("Group.Barrier();");
            writer.Line($"var to = {FirstRow} - part * {Literals.Int(rowsOut)};");
            writer.Open($"if ((to >= 0) & (to < {Literals.Int(rowsOut)}))");
        }
        else
        {
            writer.Line("Group.Barrier();");
        }
        StoreSums(writer, rounds > 1 ? "to" : FirstRow);
        if (rounds > 1) writer.Close();
        writer.Line("Group.Barrier();");
        writer.Open($"for (var e = thread; e < {Literals.Int(rowsOut * _tile.TileN)}; e += {Literals.Int(_tile.Threads)})");
        if (conditions.Count > 0) writer.Open($"if ({string.Join(" & ", conditions)})");
        var variables = A.Named(batch, walk.Variables);
        for (var v = 0; v < columns.Count; v++) variables[_sides.Columns[v]] = columns[v];
        var outer = variables.Take(_sides.Loop.Outer.Count).ToList();
        Scope.Locals[((ReduceStage)_sides.Loop.Stages[0].Stage).Local] = $"tileC[{GpuScope.Quotient("e", _tile.TileN)} * {Literals.Int(line)} + columnInTile]";
        foreach (var stage in _sides.Loop.Stages.Skip(1))
        {
            var expression = new GpuExpression(Scope, writer, new[] { stage }, outer);
            if (stage.Stage is LetStage let)
            {
                var value = expression.Write(let.Value);
                var name = Scope.Locals[let.Local] = Scope.Fresh("v");
                writer.Line($"var {name} = {value};");
            }
            else if (stage.Stage is StoreStage store)
            {
                var value = expression.Write(store.Value);
                writer.Line($"{Scope.Arguments[store.Argument]}[{expression.Address(stage.Store!)}] = {value};");
            }
        }
        if (conditions.Count > 0) writer.Close();
        if (conditions.Any(c => c.StartsWith("(row ", StringComparison.Ordinal))) writer.Line($"row += {Literals.Int(rowsAtOnce)};");
        walk.Advance(writer);
        writer.Close();
        if (rounds > 1) writer.Close();
    }

    private string TilesText(ProductOperand operand)
    {
        var text = operand.Copy.Extent.Groups(operand.Copy.Tile);
        return text.Contains(" / ") ? "(" + text + ")" : text;
    }

    private static string Over(string position, string tiles) => int.TryParse(tiles, out var count) ? GpuScope.Quotient(position, count)
        : "(" + position + " / " + Parenthesised(tiles) + ")";

    private static string Left(string position, string tiles) => int.TryParse(tiles, out var count) ? GpuScope.Remainder(position, count)
        : "(" + position + " % " + Parenthesised(tiles) + ")";

    private static string Parenthesised(string text) => text.Contains(" ") ? "(" + text + ")" : text;
}

/// <summary>What of k a group goes through.</summary>
/// <param name="First">Its first k, a multiple of the depth of a step; in C#, as all of these.</param>
/// <param name="Last">Behind its last k.</param>
/// <param name="Steps">The number of steps.</param>
/// <param name="IsWhole">True where every step is whole and there is at least one.</param>
internal sealed record StepRange(string First, string Last, string Steps, bool IsWhole);
