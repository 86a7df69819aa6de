using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints <c>C[m,n] = epilogue(Σ_k A[m,k]·B[n,k])</c>: a group computes one tile of C; 16 steps of k at a time go through shared
/// memory, and each of its 16×16 threads keeps up to 4×4 sums in registers.</summary>
/// <remarks>The tile then goes through shared memory once more, so that the epilogue stands in the text once and neighbouring threads store
/// neighbouring elements.</remarks>
internal sealed class GpuContraction : GpuKernelText
{
    /// <summary>Steps of k in shared memory at a time.</summary>
    private const int Depth = 16;

    private const int Side = 16;

    // Rows of a tile in shared memory are longer by this: neighbouring rows start in other banks, and float4 stays aligned.
    private const int Padding = 4;

    private readonly LoopKernel _loop;
    private readonly LoopStage _product;
    private readonly ContractionOperand _a, _b;
    private readonly IReadOnlyList<int> _batch;
    private readonly Extent _batches, _k;
    private readonly IReadOnlyList<int> _kVariables;

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
        if (rows.Contains(contiguous)) (a, b, first, second, rows, columns) = (b, a, second, first, columns, rows);
        _kVariables = Enumerable.Range(outer.Count, _product.Inner.Count).ToList();
        _batches = Size(_batch);
        _k = Extent.Of(_product.Inner);
        Extent m = Size(rows), n = Size(columns);
        int tileM = Tile(m), tileN = Tile(n);
        // Smaller tiles where large ones would leave most of the device idle.
        while (!isSplit && Tiles(m, tileM) * Tiles(n, tileN) * _batches.Typical < 128 && Math.Max(tileM, tileN) > 32)
            if (tileM > tileN) tileM /= 2;
            else tileN /= 2;
        _a = new(a, first, rows, m, tileM, RowsFast(a, rows));
        _b = new(b, second, columns, n, tileN, RowsFast(b, columns));

        Extent Size(IEnumerable<int> variables) => Extent.Of(variables.Select(j => loop.Outer[j]));
    }

    public override int Threads => Side * Side;

    public override int MinGroups => 2;

    public override string Groups => string.Join(" * ", new[] { TilesText(_a), TilesText(_b), _batches.Atom }.Where(t => t != "1").DefaultIfEmpty("1"));

    /// <summary>Groups at a typical batch size.</summary>
    public long TypicalGroups => Tiles(_a.Extent, Tile(_a.Extent)) * Tiles(_b.Extent, Tile(_b.Extent)) * _batches.Typical;

    public override string Remark => $"{(_parts > 1 ? $"The sums over {Extent.Number(_parts)} parts of k. " : "")}Product of m = {Shown(_a.Extent)}, n = {Shown(_b.Extent)}, k = {Shown(_k)}{(_batches.IsOne ? "" : ", " + Shown(_batches) + " of them")}; "
        + $"a group of 256 threads computes {_a.Tile}x{_b.Tile} elements, {MicroM}x{MicroN} in each thread.";

    private int MicroM => _a.Tile / Side;

    private int MicroN => _b.Tile / Side;

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
        int lineA = _a.Tile + Padding, lineB = _b.Tile + Padding, lineC = _b.Tile + 1;
        writer.Line($"var tileA4 = SharedMemory.Allocate<Float4>({Extent.Number(Depth * lineA / 4)});");
        writer.Line($"var tileB4 = SharedMemory.Allocate<Float4>({Extent.Number(Depth * lineB / 4)});");
        writer.Line($"var tileC = SharedMemory.Allocate<float>({Extent.Number(_a.Tile * lineC)});");
        writer.Line("var tileA = tileA4.Cast<float>();");
        writer.Line("var tileB = tileB4.Cast<float>();");
        writer.Line("var thread = Group.IdxX;");
        writer.Line("var tx = thread % 16;");
        writer.Line("var ty = thread / 16;");
        var tilesA = TilesText(_a);
        var tilesB = TilesText(_b);
        var group = tilesB == "1" ? "Grid.IdxX" : "Grid.IdxX / " + Parenthesised(tilesB);
        writer.Line(tilesA == "1" ? "var m0 = 0;" : $"var m0 = {group}{(_batches.IsOne ? "" : " % " + Parenthesised(tilesA))} * {Extent.Number(_a.Tile)};");
        writer.Line(tilesB == "1" ? "var n0 = 0;" : $"var n0 = Grid.IdxX % {Parenthesised(tilesB)} * {Extent.Number(_b.Tile)};");
        var batch = new string[0] as IReadOnlyList<string>;
        if (_batch.Count > 0)
        {
            var tiles = Joined(tilesA, tilesB);
            writer.Line(tiles == "1" ? "var batch = Grid.IdxX;" : $"var batch = Grid.IdxX / ({tiles});");
            batch = Scope.Split(writer, "batch", _batch.Select(j => _loop.Outer[j]).ToList(), "o");
        }
        if (_parts > 1)
        {
            // Whole steps for each part; the last ones may have none.
            var steps = Extent.Number((long)_parts * Depth);
            writer.Line($"var kLength = ({Scope.Text(_k)} + {Extent.Number((long)_parts * Depth - 1)}) / {steps} * {Extent.Number(Depth)};");
            writer.Line($"var kFirst = {batch[0]} * kLength;");
            writer.Line($"var kLast = IntrinsicMath.Min(kFirst + kLength, {Scope.Text(_k)});");
        }
        var rowsA = Rows(writer, _a, "a", "m0", batch);
        var rowsB = Rows(writer, _b, "b", "n0", batch);
        for (var i = 0; i < MicroM; i++) writer.Line("float " + string.Join(", ", Enumerable.Range(0, MicroN).Select(j => Sum(i, j) + " = 0f")) + ";");
        writer.Open(_parts > 1
            ? $"for (var k0 = kFirst; k0 < kLast; k0 += {Extent.Number(Depth)})"
            : $"for (var k0 = 0; k0 < {Scope.Text(_k)}; k0 += {Extent.Number(Depth)})");
        Load(writer, _a, rowsA, "tileA", lineA);
        Load(writer, _b, rowsB, "tileB", lineB);
        writer.Line("Group.Barrier();");
        for (var k = 0; k < Depth; k++) Multiply(writer, k, lineA, lineB);
        writer.Line("Group.Barrier();");
        writer.Close();
        for (var i = 0; i < MicroM; i++)
            for (var j = 0; j < MicroN; j++)
                writer.Line($"tileC[(ty * {Extent.Number(MicroM)} + {Extent.Number(i)}) * {Extent.Number(lineC)} + tx * {Extent.Number(MicroN)} + {Extent.Number(j)}] = {Sum(i, j)};");
        writer.Line("Group.Barrier();");
        Epilogue(writer, batch, lineC);
    }

    private static string Sum(int i, int j) => "sum" + Extent.Number(i) + Extent.Number(j);

    // The rows of a tile that the thread loads, clamped to the operand: what a row past the end contributes is not stored.
    private IReadOnlyList<LoadedRow> Rows(CodeWriter writer, ContractionOperand operand, string prefix, string origin, IReadOnlyList<string> batch)
    {
        var rows = new List<LoadedRow>();
        var perThread = operand.Tile / Side;
        var count = operand.RowsFast ? 1 : perThread;
        for (var q = 0; q < count; q++)
        {
            var inTile = operand.RowsFast ? $"thread % {Extent.Number(operand.Tile)}" : "ty" + (q == 0 ? "" : " + " + Extent.Number(q * Side));
            var row = Scope.Fresh(prefix);
            writer.Line(operand.Extent.IsMultipleOf(operand.Tile)
                ? $"var {row} = {origin} + {inTile};"
                : $"var {row} = IntrinsicMath.Min({origin} + {inTile}, {Scope.Text(operand.Extent)} - 1);");
            var variables = Variables(operand, batch, Scope.Split(writer, row, operand.Variables.Select(j => _loop.Outer[j]).ToList(), prefix));
            var start = "";
            if (operand.IsPlain)
            {
                start = Scope.Fresh(prefix);
                var index = Index(variables);
                var text = index.Part(operand.Access, Enumerable.Range(0, _loop.StepAxes).Concat(operand.Variables).Concat(_batch));
                if (operand.Access.Offset != 0) text += " + " + Extent.Number(operand.Access.Offset);
                if (Scope.Based.Contains(operand.Access.Argument)) text += " + " + Scope.BaseOf(operand.Access.Argument);
                writer.Line($"var {start} = {text};");
            }
            rows.Add(new(variables, start, inTile));
        }
        return rows;
    }

    private void Load(CodeWriter writer, ContractionOperand operand, IReadOnlyList<LoadedRow> rows, string tile, int line)
    {
        var perThread = operand.Tile / Side;
        var passes = operand.RowsFast ? perThread : 1;
        for (var pass = 0; pass < passes; pass++)
        {
            var inTile = operand.RowsFast
                ? $"thread / {Extent.Number(operand.Tile)}" + (pass == 0 ? "" : " + " + Extent.Number(pass * (Threads / operand.Tile)))
                : "tx";
            var k = Scope.Fresh("k");
            writer.Line($"var {k} = k0 + {inTile};");
            var isInside = "";
            if (!_k.IsMultipleOf(Depth))
            {
                isInside = Scope.Fresh("c");
                writer.Line($"var {isInside} = {k} < {Scope.Text(_k)};");
                writer.Line($"{k} = IntrinsicMath.Min({k}, {Scope.Text(_k)} - 1);");
            }
            var kNames = Scope.Split(writer, k, _product.Inner, "k");
            string? kPart = null;
            foreach (var row in rows)
            {
                var variables = row.Variables.ToArray();
                for (var v = 0; v < _kVariables.Count; v++) variables[_kVariables[v]] = kNames[v];
                var index = Index(variables);
                if (operand.IsPlain && kPart is null)
                {
                    kPart = index.Part(operand.Access, _kVariables);
                    if (rows.Count > 1 && kPart.Contains(" "))
                    {
                        var name = Scope.Fresh("k");
                        writer.Line($"var {name} = {kPart};");
                        kPart = name;
                    }
                }
                var value = operand.IsPlain
                    ? $"{Scope.Arguments[operand.Access.Argument]}[{row.Start} + {kPart}]"
                    : Guarded(writer, operand, index);
                if (isInside.Length > 0) value = $"Utilities.Select({isInside}, {value}, 0f)";
                writer.Line($"{tile}[({inTile}) * {Extent.Number(line)} + {row.InTile}] = {value};");
            }
        }
    }

    private string Guarded(CodeWriter writer, ContractionOperand operand, GpuIndex index)
    {
        var view = Scope.Arguments[operand.Access.Argument];
        if (operand.Access.Guards.Count == 0) return $"{view}[{index.Address(operand.Access)}]";
        var inside = Scope.Fresh("c");
        writer.Line($"var {inside} = {index.Condition(operand.Access)};");
        var outside = Scope.Based.Contains(operand.Access.Argument) ? Scope.BaseOf(operand.Access.Argument) : "0";
        return $"Utilities.Select({inside}, {view}[Utilities.Select({inside}, {index.Address(operand.Access)}, {outside})], {GpuExpression.Number(operand.Load.Fill)})";
    }

    private void Multiply(CodeWriter writer, int k, int lineA, int lineB)
    {
        var a = Factors(writer, "A", "ty", MicroM, k, lineA);
        var b = Factors(writer, "B", "tx", MicroN, k, lineB);
        for (var i = 0; i < MicroM; i++)
            writer.Line(string.Join(" ", Enumerable.Range(0, MicroN).Select(j => $"{Sum(i, j)} += {a[i]} * {b[j]};")));
    }

    private static IReadOnlyList<string> Factors(CodeWriter writer, string operand, string lane, int micro, int k, int line)
    {
        var name = operand.ToLowerInvariant() + "At" + Extent.Number(k);
        if (micro == 4)
        {
            writer.Line($"var {name} = tile{operand}4[{Extent.Number(k * line / 4)} + {lane}];");
            return new[] { name + ".X", name + ".Y", name + ".Z", name + ".W" };
        }
        var names = new List<string>();
        for (var i = 0; i < micro; i++)
        {
            names.Add(micro == 1 ? name : name + "_" + Extent.Number(i));
            writer.Line($"var {names[i]} = tile{operand}[{Extent.Number(k * line + i)} + {lane}{(micro == 1 ? "" : " * " + Extent.Number(micro))}];");
        }
        return names;
    }

    private void Epilogue(CodeWriter writer, IReadOnlyList<string> batch, int lineC)
    {
        var tileN = Extent.Number(_b.Tile);
        writer.Open($"for (var e = thread; e < {Extent.Number(_a.Tile * _b.Tile)}; e += {Extent.Number(Threads)})");
        writer.Line($"var row = m0 + e / {tileN};");
        writer.Line($"var column = n0 + e % {tileN};");
        var conditions = new List<string>();
        if (!_a.Extent.IsMultipleOf(_a.Tile)) conditions.Add($"(row < {Scope.Text(_a.Extent)})");
        if (!_b.Extent.IsMultipleOf(_b.Tile)) conditions.Add($"(column < {Scope.Text(_b.Extent)})");
        if (conditions.Count > 0) writer.Open($"if ({string.Join(" & ", conditions)})");
        var variables = Variables(_a, batch, Scope.Split(writer, "row", _a.Variables.Select(j => _loop.Outer[j]).ToList(), "m"));
        var columns = Scope.Split(writer, "column", _b.Variables.Select(j => _loop.Outer[j]).ToList(), "n");
        for (var v = 0; v < columns.Count; v++) variables[_b.Variables[v]] = columns[v];
        var outer = variables.Take(_loop.Outer.Count).ToList();
        Scope.Locals[((ReduceStage)_product.Stage).Local] = $"tileC[e / {tileN} * {Extent.Number(lineC)} + e % {tileN}]";
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
        writer.Close();
    }

    private string[] Variables(ContractionOperand operand, IReadOnlyList<string> batch, IReadOnlyList<string> rows)
    {
        // What the operand does not depend on has no stride: any name will do.
        var variables = Enumerable.Repeat("0", _loop.Outer.Count + _product.Inner.Count).ToArray();
        if (_loop.StepAxes > 0) variables[0] = Scope.Step;
        for (var v = 0; v < batch.Count; v++) variables[_batch[v]] = batch[v];
        for (var v = 0; v < rows.Count; v++) variables[operand.Variables[v]] = rows[v];
        return variables;
    }

    private GpuIndex Index(IReadOnlyList<string> variables) => new(Scope, variables, _ => throw new InvalidOperationException("A factor of a contraction is not gathered."));

    // Where both directions are contiguous, the longer one.
    private bool RowsFast(Access access, IReadOnlyList<int> rows)
    {
        var alongK = access.Strides[_kVariables[_kVariables.Count - 1]] == 1;
        if (!alongK) return true;
        var last = rows[rows.Count - 1];
        return access.Strides[last] == 1 && Extent.Of(new[] { _loop.Outer[last] }).Typical > Extent.Of(new[] { _product.Inner[_product.Inner.Count - 1] }).Typical;
    }

    private string TilesText(ContractionOperand operand)
    {
        _ = Scope.Text(operand.Extent);
        var text = operand.Extent.Groups(operand.Tile);
        return text.Contains(" / ") ? "(" + text + ")" : text;
    }

    private static string Parenthesised(string text) => text.Contains(" ") && text[0] != '(' ? "(" + text + ")" : text;

    private static string Joined(string a, string b) => a == "1" ? b : b == "1" ? a : a + " * " + b;

    private static string Shown(Extent extent) => extent.IsLiteral ? extent.Text : extent.Text.Replace("n", "N");

    private static int Tile(Extent extent) => extent.Typical > 32 ? 64 : extent.Typical > 16 ? 32 : 16;

    private static long Tiles(Extent extent, int tile) => (extent.Typical + tile - 1) / tile;

    // The outer variables that number the rows of one factor; the step is one for the whole launch.
    private static List<int> Only(LoopKernel loop, Access own, Access other) =>
        Enumerable.Range(loop.StepAxes, loop.Outer.Count - loop.StepAxes).Where(j => DependsOn(own, j) && !DependsOn(other, j)).ToList();

    private static bool DependsOn(Access access, int variable) => access.Strides[variable] != 0 || !access.IsPlainAlong(variable);

    /// <summary>A row of an operand's tile that a thread loads: its outer variables, where it starts, and its place in the tile.</summary>
    private sealed record LoadedRow(IReadOnlyList<string> Variables, string Start, string InTile);
}
