using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints <c>C[m,n] = epilogue(Σ_k A[m,k]·B[n,k])</c>: a group computes one tile of C; a few steps of k at a time go through shared memory, in two
/// stages, so that the next step's elements are under way while this one's are multiplied.</summary>
/// <remarks>One barrier a step stands at the head of the loop, behind the loads from memory: a barrier at the end of a block is where ILGPU's optimiser moves
/// the reads of a tile past it, and a fast warp then overwrites what a slow one still reads. The sums leave through shared memory as well, so that the
/// epilogue stands in the text once and neighbouring threads store neighbouring elements.</remarks>
internal sealed class GpuContraction : GpuKernelText
{
    private readonly LoopKernel _loop;
    private readonly LoopStage _product;
    private readonly ProductOperand _a, _b;
    private readonly ProductSchedule _schedule;
    private readonly IReadOnlyList<int> _batch;
    private readonly Extent _batches, _k;

    // For the first of two kernels: the first outer axis numbers the parts of k.
    private readonly int _parts;

    private GpuContraction(KernelEntry entry, IReadOnlyCollection<int> based, LoopKernel loop, bool isSplit) : base(entry, based)
    {
        _loop = loop;
        _parts = isSplit ? entry.Kernel.Outer[0].Factor : 1;
        _product = loop.Stages[0];
        var (first, second) = Contraction.Factors(_product.Stage.Expression)!.Value;
        Access a = _product.Reads[first], b = _product.Reads[second];
        var outer = Enumerable.Range(0, loop.Outer.Count).ToList();
        List<int> rows = Only(loop, a, b), columns = Only(loop, b, a);
        _batch = outer.Skip(loop.StepAxes).Except(rows).Except(columns).ToList();
        // The columns are the side along which results lie together.
        var contiguous = outer.Where(j => loop.Stages.Any(s => s.Store is { } store && store.Strides[j] == 1)).DefaultIfEmpty(-1).Last();
        if (rows.Contains(contiguous)) (first, second, rows, columns) = (second, first, columns, rows);
        // The rows in such an order that neighbours lie together in the factor, for the sums leave by columns.
        rows = rows.OrderBy(j => _product.Reads[first].Strides[j] == 1).ToList();
        _batches = Size(_batch);
        _k = Extent.Of(_product.Inner);
        Extent m = Size(rows), n = Size(columns);
        _schedule = ProductSchedule.Choose(m, n, _batches, isSplit);
        _a = new(Scope, loop, first, rows, _batch, m, _schedule, isA: true);
        _b = new(Scope, loop, second, columns, _batch, n, _schedule, isA: false);

        Extent Size(IEnumerable<int> variables) => Extent.Of(variables.Select(j => loop.Outer[j]));
    }

    public override int Threads => ProductSchedule.Threads;

    public override int MinGroups => ProductSchedule.MinGroups;

    public override string Groups => string.Join(" * ", new[] { TilesText(_a), TilesText(_b), _batches.Atom }.Where(t => t != "1").DefaultIfEmpty("1"));

    /// <summary>Groups of each part, where k is cut into parts, at a typical batch size.</summary>
    public long GroupsOfAPart => ProductSchedule.Choose(_a.Extent, _b.Extent, _batches, isSplit: true).Groups(_a.Extent, _b.Extent, _batches);

    public override string Remark => $"{(_parts > 1 ? $"The sums over {Extent.Number(_parts)} parts of k. " : "")}Product of m = {Shown(_a.Extent)}, n = {Shown(_b.Extent)}, k = {Shown(_k)}{(_batches.IsOne ? "" : ", " + Shown(_batches) + " of them")}; "
        + $"a group of 256 threads computes {_a.Tile}x{_b.Tile} elements, {_schedule.MicroM}x{_schedule.MicroN} in each thread.";

    public override int SharedBytes => 4 * SharedFloats;

    public override bool UsesGroup => TilesText(_a) != "1" || TilesText(_b) != "1" || _batch.Count > 0;

    private int SharedFloats => (Math.Max(2 * StageFloats, _schedule.RowsOut * _schedule.LineOut) + 3) / 4 * 4;

    private int StageFloats => _a.StageFloats + _b.StageFloats;

    /// <param name="isSplit">True where the first outer axis numbers parts of k (see <see cref="SplitKernel"/>).</param>
    public static GpuContraction? TryCreate(KernelEntry entry, IReadOnlyCollection<int> based, bool isSplit = false)
    {
        if (!entry.Kernel.IsContraction) return null;
        var loop = LoopKernel.Of(entry.Kernel);
        var product = loop.Stages[0];
        // A sum over nothing but axes of size 1 is a map; a product with a single row or column (a depthwise convolution) reuses nothing.
        if (product.Inner.Count == 0) return null;
        var (first, second) = Contraction.Factors(product.Stage.Expression)!.Value;
        Access a = product.Reads[first], b = product.Reads[second];
        if (Only(loop, a, b).Count == 0 || Only(loop, b, a).Count == 0) return null;
        return new GpuContraction(entry, based, loop, isSplit);
    }

    public override void Body(CodeWriter writer)
    {
        var depth = _schedule.Depth;
        writer.Line("// Two stages of A, two of B; the sums on their way out take the place of both.");
        writer.Line($"var shared4 = SharedMemory.Allocate<Float4>({Extent.Number(SharedFloats / 4)});");
        writer.Line($"var tileA4 = shared4.SubView(0, {Extent.Number(_a.StageFloats / 2)});");
        writer.Line($"var tileB4 = shared4.SubView({Extent.Number(_a.StageFloats / 2)}, {Extent.Number(_b.StageFloats / 2)});");
        writer.Line("var tileA = tileA4.Cast<float>();");
        writer.Line("var tileB = tileB4.Cast<float>();");
        writer.Line("var tileC = shared4.Cast<float>();");
        writer.Line("var thread = Group.IdxX;");
        var tilesA = TilesText(_a);
        var tilesB = TilesText(_b);
        // The number of the group counts columns, rows and batches; what depends on the batch size comes last, so that nothing is divided by it.
        var counts = new[]
        {
            (Name: "n0", Count: tilesB, Tile: _b.Tile),
            (Name: "m0", Count: tilesA, Tile: _a.Tile),
            (Name: "batch", Count: _batch.Count == 0 ? "1" : _batches.Atom, Tile: 1),
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
            if (count == "1" && (name != "batch" || _batch.Count > 0)) writer.Line($"var {name} = 0;");
        var batch = new string[0] as IReadOnlyList<string>;
        if (_batch.Count > 0) batch = Scope.Split(writer, "batch", _batch.Select(j => _loop.Outer[j]).ToList(), "o");
        string first = "0", last = Scope.Text(_k), steps;
        if (_parts > 1)
        {
            // Whole steps for each part; the last ones may have none.
            writer.Line($"var kLength = {GpuScope.Quotient($"({last} + {Extent.Number(_parts * depth - 1)})", _parts * depth)} * {Extent.Number(depth)};");
            writer.Line($"var kFirst = {batch[0]} * kLength;");
            writer.Line($"var kLast = IntrinsicMath.Min(kFirst + kLength, {last});");
            (first, last, steps) = ("kFirst", "kLast", "steps");
            writer.Line($"var steps = {GpuScope.Quotient($"IntrinsicMath.Max(kLast - kFirst + {Extent.Number(depth - 1)}, 0)", depth)};");
        }
        else if (_k.IsLiteral)
        {
            steps = _k.Groups(depth);
        }
        else
        {
            steps = "steps";
            writer.Line($"var steps = {_k.Groups(depth)};");
        }
        var isWhole = _parts == 1 && _k.IsMultipleOf(depth);
        var more = $"(turn < {steps})";
        writer.Line("// What this thread copies in each step: rows of A, rows of B, and its place along k.");
        _a.Prepare(writer, tilesA == "1" ? "0" : "m0", batch, first, last, isWhole);
        _b.Prepare(writer, tilesB == "1" ? "0" : "n0", batch, first, last, isWhole, _a);
        Places(writer);
        for (var i = 0; i < _schedule.MicroM; i++)
            writer.Line("float " + string.Join(", ", Enumerable.Range(0, _schedule.MicroN).Select(j => Sum(i, j) + " = 0f")) + ";");
        _a.Fetch(writer, "first", "");
        _b.Fetch(writer, "first", "");
        _a.Store(writer, "first", "0");
        _b.Store(writer, "first", "0");
        writer.Line("var stage = 0;");
        writer.Open($"for (var turn = 1; turn <= {steps}; turn++)");
        writer.Line("// The next step's elements are under way while this step is computed.");
        _a.Advance(writer, more);
        _b.Advance(writer, more);
        _a.Fetch(writer, "next", more);
        _b.Fetch(writer, "next", more);
        writer.Line("// Between the stores of the last step and the reads of this one.");
        writer.Line("Group.Barrier();");
        Multiply(writer);
        writer.Line("stage ^= 1;");
        _a.Store(writer, "next", "stage");
        _b.Store(writer, "next", "stage");
        writer.Close();
        Epilogue(writer, batch);
    }

    private static string Sum(int i, int j) => "sum" + Extent.Number(i) + Extent.Number(j);

    // Where the thread's sums are in the tile: a warp has 4x8 threads, and each thread up to four neighbours at a time.
    private void Places(CodeWriter writer)
    {
        int rows = Math.Min(4, _schedule.MicroM), columns = Math.Min(4, _schedule.MicroN);
        writer.Line("// Where its sums are in the tile; a warp has 4x8 threads.");
        var warpRow = _schedule.WarpColumns == 1 ? "(thread >> 5)" : GpuScope.Quotient("thread", 32 * _schedule.WarpColumns);
        writer.Line($"var readA = {warpRow}{Times(ProductSchedule.LaneRows * _schedule.MicroM)} + ((thread >> 3) & 3){Times(rows)};");
        var warpColumn = _schedule.WarpColumns == 1 ? ""
            : $"((thread >> 5) & {Extent.Number(_schedule.WarpColumns - 1)}){Times(ProductSchedule.LaneColumns * _schedule.MicroN)} + ";
        writer.Line($"var readB = {warpColumn}(thread & 7){Times(columns)};");
    }

    private static string Times(int factor) => factor == 1 ? "" : " * " + Extent.Number(factor);

    private void Multiply(CodeWriter writer)
    {
        writer.Line("// Views that begin at the thread's place: the numbers that follow become offsets of the instructions.");
        View(writer, "A", _schedule.MicroM, ProductSchedule.LaneRows, _a);
        View(writer, "B", _schedule.MicroN, ProductSchedule.LaneColumns, _b);
        for (var k = 0; k < _schedule.Depth; k++)
        {
            var a = Factors(writer, "A", _schedule.MicroM, ProductSchedule.LaneRows, k, _a.Line);
            var b = Factors(writer, "B", _schedule.MicroN, ProductSchedule.LaneColumns, k, _b.Line);
            for (var i = 0; i < _schedule.MicroM; i++)
                writer.Line(string.Join(" ", Enumerable.Range(0, _schedule.MicroN).Select(j => $"{Sum(i, j)} += {a[i]} * {b[j]};")));
        }
    }

    private void View(CodeWriter writer, string name, int micro, int lanes, ProductOperand operand)
    {
        var isFour = micro >= 4;
        var unit = isFour ? 4 : 1;
        var length = ((_schedule.Depth - 1) * operand.Line + (isFour ? (micro / 4 - 1) * 4 * lanes : micro - 1)) / unit + 1;
        var start = (isFour ? $"(read{name} >> 2)" : "read" + name) + " + stage * " + Extent.Number(operand.StageFloats / unit);
        writer.Line($"var from{name} = tile{name}{(isFour ? "4" : "")}.SubView({start}, {Extent.Number(length)});");
    }

    private static IReadOnlyList<string> Factors(CodeWriter writer, string operand, int micro, int lanes, int k, int line)
    {
        var name = operand.ToLowerInvariant() + Extent.Number(k);
        var names = new List<string>();
        var values = new List<string>();
        if (micro < 4)
        {
            for (var i = 0; i < micro; i++)
            {
                names.Add(micro == 1 ? name : name + "_" + Extent.Number(i));
                values.Add($"from{operand}[{Extent.Number(k * line + i)}]");
            }
            writer.Line("float " + string.Join(", ", names.Select((n, i) => $"{n} = {values[i]}")) + ";");
            return names;
        }
        for (var piece = 0; piece < micro / 4; piece++)
        {
            names.Add(micro == 4 ? name : name + "_" + Extent.Number(piece));
            values.Add($"from{operand}[{Extent.Number(k * line / 4 + piece * lanes)}]");
        }
        writer.Line("Float4 " + string.Join(", ", names.Select((n, i) => $"{n} = {values[i]}")) + ";");
        return names.SelectMany(n => "XYZW".Select(c => n + "." + c)).ToList();
    }

    // The sums of one, two or all rows of warps at a time, then the epilogue with a thread for each of neighbouring columns.
    private void Epilogue(CodeWriter writer, IReadOnlyList<string> batch)
    {
        int rowsOut = _schedule.RowsOut, line = _schedule.LineOut, rounds = _a.Tile / rowsOut;
        var rowsAtOnce = Threads / _b.Tile;
        writer.Line("// The sums leave through shared memory: neighbouring threads store neighbouring elements.");
        writer.Line($"var columnInTile = {GpuScope.Remainder("thread", _b.Tile)};");
        writer.Line($"var rowInTile = {GpuScope.Quotient("thread", _b.Tile)};");
        writer.Line("var column = n0 + columnInTile;");
        writer.Line("var row = m0 + rowInTile;");
        var walk = PositionWalk.Start(writer, Scope, "row", _a.Variables.Select(j => _loop.Outer[j]).ToList(), rowsAtOnce, "m");
        var columns = Scope.Split(writer, "column", _b.Variables.Select(j => _loop.Outer[j]).ToList(), "n");
        var conditions = new List<string>();
        var row = walk.Variables.Count == 1 ? walk.Variables[0] : "row";
        if (!_a.Extent.IsMultipleOf(_a.Tile)) conditions.Add($"({row} < {Scope.Text(_a.Extent)})");
        if (!_b.Extent.IsMultipleOf(_b.Tile)) conditions.Add($"(column < {Scope.Text(_b.Extent)})");
        if (rounds > 1)
        {
            writer.Open($"for (var part = 0; part < {Extent.Number(rounds)}; part++)");
            writer.Line("Group.Barrier();");
            writer.Line($"var to = readA - part * {Extent.Number(rowsOut)};");
            writer.Open($"if ((to >= 0) & (to < {Extent.Number(rowsOut)}))");
        }
        else
        {
            writer.Line("Group.Barrier();");
        }
        int lanesA = ProductSchedule.LaneRows * Math.Min(4, _schedule.MicroM), lanesB = ProductSchedule.LaneColumns * Math.Min(4, _schedule.MicroN);
        var rowAt = rounds > 1 ? "to" : "readA";
        writer.Line($"var toC = tileC.SubView({rowAt} * {Extent.Number(line)} + readB, {Extent.Number(Place(_schedule.MicroM - 1, _schedule.MicroN - 1) + 1)});");
        for (var i = 0; i < _schedule.MicroM; i++)
            writer.Line(string.Join(" ", Enumerable.Range(0, _schedule.MicroN).Select(j => $"toC[{Extent.Number(Place(i, j))}] = {Sum(i, j)};")));
        if (rounds > 1) writer.Close();
        writer.Line("Group.Barrier();");
        writer.Open($"for (var e = thread; e < {Extent.Number(rowsOut * _b.Tile)}; e += {Extent.Number(Threads)})");
        if (conditions.Count > 0) writer.Open($"if ({string.Join(" & ", conditions)})");
        var variables = _a.Named(batch, walk.Variables);
        for (var v = 0; v < columns.Count; v++) variables[_b.Variables[v]] = columns[v];
        var outer = variables.Take(_loop.Outer.Count).ToList();
        Scope.Locals[((ReduceStage)_product.Stage).Local] = $"tileC[{GpuScope.Quotient("e", _b.Tile)} * {Extent.Number(line)} + columnInTile]";
        foreach (var stage in _loop.Stages.Skip(1))
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
        if (conditions.Any(c => c.StartsWith("(row ", StringComparison.Ordinal))) writer.Line($"row += {Extent.Number(rowsAtOnce)};");
        walk.Advance(writer);
        writer.Close();
        if (rounds > 1) writer.Close();

        int Place(int i, int j) => (i / 4 * lanesA + i % 4) * line + j / 4 * lanesB + j % 4;
    }

    private string TilesText(ProductOperand operand)
    {
        _ = Scope.Text(operand.Extent);
        var text = operand.Extent.Groups(operand.Tile);
        return text.Contains(" / ") ? "(" + text + ")" : text;
    }

    private static string Over(string position, string tiles) => int.TryParse(tiles, out var count) ? GpuScope.Quotient(position, count) : "(" + position + " / " + Parenthesised(tiles) + ")";

    private static string Left(string position, string tiles) => int.TryParse(tiles, out var count) ? GpuScope.Remainder(position, count) : "(" + position + " % " + Parenthesised(tiles) + ")";

    private static string Parenthesised(string text) => text.Contains(" ") ? "(" + text + ")" : text;

    private static string Shown(Extent extent) => extent.IsLiteral ? extent.Text : extent.Text.Replace("n", "N");

    // The outer variables that number the rows of one factor; the step is one for the whole launch.
    private static List<int> Only(LoopKernel loop, Access own, Access other) =>
        Enumerable.Range(loop.StepAxes, loop.Outer.Count - loop.StepAxes).Where(j => DependsOn(own, j) && !DependsOn(other, j)).ToList();

    private static bool DependsOn(Access access, int variable) => access.Strides[variable] != 0 || !access.IsPlainAlong(variable);
}
