using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>One factor of a product on tensor cores: the inline PTX that copies it to shared memory, 16 bytes at a time and without passing through
/// registers, and that reads it as the tensor cores take it.</summary>
/// <remarks>Shared memory has the factor as memory has it: rows of 16 floats along k, or lines of rows for each k. The 16-byte chunks of a row or line are
/// permuted, so that neither the copies nor the reads of a warp meet in a bank. What stays the same in the loop is kept in registers that the text
/// declares: ILGPU would compute it anew in each turn.</remarks>
internal sealed class TensorOperand
{
    private readonly ProductOperand _operand;
    private readonly TensorTile _tile;
    private readonly string _name;
    private readonly int _firstByte, _warpRows;
    private readonly bool _isA;

    /// <param name="isA">Whether its rows are those of the result; else they are its columns.</param>
    /// <param name="firstByte">Where it begins in a stage.</param>
    /// <param name="warps">Warps along its rows.</param>
    public TensorOperand(ProductOperand operand, TensorTile tile, bool isA, int firstByte, int warps) =>
        (_operand, _tile, _isA, _name, _firstByte, _warpRows) = (operand, tile, isA, isA ? "A" : "B", firstByte, operand.Copy.Tile / warps);

    /// <summary>Bytes of a stage.</summary>
    public int StageBytes => sizeof(float) * _tile.StageFloats(_operand.Copy.Tile);

    /// <summary>Fragments of a warp.</summary>
    public int Fragments => _warpRows / FragmentRows;

    private int ChunkBytes => _tile.CopyBytes;

    private int RowBytes => _tile.Depth * sizeof(float);

    // Rows of the operand that four registers of a warp hold, over 8 of k.
    private int FragmentRows => _tile.FragmentRows;

    // Lines along k in shared memory, where memory has the rows side by side.
    private int LineBytes => _operand.Copy.Tile * sizeof(float);

    // Addresses from which all others are constants away.
    private int Places => _operand.Copy.RowsFast ? 4 : 2;

    /// <summary>Declarations of registers that hold <paramref name="fragments"/> fragments.</summary>
    public IEnumerable<string> Registers(int fragments) => new[]
    {
        $".reg .b32 mg{_name}<{Literals.Int(4 * fragments)}>",
        $".reg .b32 mgTo{_name}, mgRead{_name}<{Literals.Int(Places)}>, mgAt{_name}<{Literals.Int(Places)}>",
        $".reg .b64 mgFrom{_name}<{Literals.Int(_operand.Starts.Count)}>, mgSource{_name}",
    };

    /// <summary>Before the loop: the thread's places in memory and in shared memory.</summary>
    /// <param name="address">The address of the factor in memory.</param>
    /// <param name="warp">C#: which of the warps along its rows.</param>
    public void Prepare(CodeWriter writer, string address, string warp)
    {
        var first = _firstByte == 0 ? "" : Literals.Int(_firstByte) + " + ";
        var (to, read) = ("to" + _name, "read" + _name);
        var (row, k) = (_operand.InTile, _operand.Along);
        if (_operand.Copy.RowsFast)
        {
            writer.Line($"var {to} = {first}{k} * {Literals.Int(LineBytes)} + (({row} ^ (({k} & 3) * 2)) << 4);");
            var chunk = $"(({warp} * {Literals.Int(_warpRows / 4)} + (lane >> 4)) ^ ((lane & 3) * 2))";
            writer.Line($"var {read} = {first}(lane & 3) * {Literals.Int(LineBytes)} + ({chunk} << 4) + ((lane >> 2) & 3) * 4;");
        }
        else
        {
            writer.Line($"var {to} = {first}{row} * {Literals.Int(RowBytes)} + (({k} ^ (({row} >> 1) & 3)) << 4);");
            // Eight lanes each for the four matrices of a fragment, in the order of its registers.
            var (rowOfLane, half) = _isA ? ("(lane & 15)", "(lane >> 4)") : ("((lane >> 4) << 3) + (lane & 7)", "((lane >> 3) & 1)");
            var from = $"({warp} * {Literals.Int(_warpRows)} + {rowOfLane}) * {Literals.Int(RowBytes)}";
            writer.Line($"var {read} = {first}{from} + (({half} ^ ((lane >> 1) & 3)) << 4);");
        }
        var places = Enumerable.Range(1, Places - 1).SelectMany(p => new[]
        {
            $"xor.b32 mgAt{_name}0, %1, {Literals.Int(32 * p)}",
            $"add.u32 mgRead{_name}{Literals.Int(p)}, mgTile, mgAt{_name}0",
        });
        InlinePtx.Write(writer, new[] { to, read }, new[] { $"add.u32 mgTo{_name}, mgTile, %0", $"add.u32 mgRead{_name}0, mgTile, %1" }.Concat(places));
        for (var r = 0; r < _operand.Starts.Count; r++)
            InlinePtx.Write(writer, new[] { address, _operand.Starts[r] }, new[] { $"mad.wide.s32 {From(r)}, %1, {Literals.Int(ChunkBytes)}, %0" });
    }

    /// <summary>Begins the thread's copies of a step.</summary>
    /// <param name="stage">C#: where the stage begins.</param>
    /// <param name="guard">The predicate of the text that must hold; empty for none.</param>
    public void Copy(CodeWriter writer, string stage, string guard)
    {
        var arguments = new List<string> { stage };
        var lines = new List<string> { $"add.u32 mgAt{_name}0, mgTo{_name}, %0" };
        var copies = _operand.Locate(writer, "");
        var source = "";
        for (var q = 0; q < copies.Count; q++)
        {
            var start = From(_operand.Starts.Count == 1 ? 0 : q);
            var from = $"mad.wide.s32 mgSource{_name}, {Argument(copies[q].Offset)}, {Literals.Int(ChunkBytes)}, {start}";
            if (from != source) lines.Add(source = from);
            // A copy of size 0 writes zeros and reads nothing.
            var size = copies[q].Condition.Length == 0 ? "" : ", " + Argument($"Utilities.Select({copies[q].Condition}, {Literals.Int(ChunkBytes)}, 0)");
            var (to, distance) = (Plus(q * RowStepBytes), Plus(copies[q].Distance * ChunkBytes));
            lines.Add($"{guard}cp.async.cg.shared.global [mgAt{_name}0{to}], [mgSource{_name}{distance}], {Literals.Int(ChunkBytes)}{size}");
        }
        InlinePtx.Write(writer, arguments, lines);

        string Argument(string text)
        {
            if (!arguments.Contains(text)) arguments.Add(text);
            return "%" + Literals.Int(arguments.IndexOf(text));
        }
    }

    /// <summary>Instructions that turn to a stage.</summary>
    /// <param name="stage">The operand of the text that says where it begins.</param>
    public IEnumerable<string> TurnTo(string stage) =>
        Enumerable.Range(0, Places).Select(p => $"add.u32 mgAt{_name}{Literals.Int(p)}, mgRead{_name}{Literals.Int(p)}, {stage}");

    /// <summary>Instructions that read a fragment, 16 rows over 8 of k, into four registers and round it. Each register has 8 rows over 4 of k: of A the rows
    /// come first, as one product takes all of them; of B those of two products are pairs.</summary>
    /// <param name="half">Which half of the step's k.</param>
    /// <param name="fragment">Which of the warp's fragments.</param>
    /// <param name="register">The first register.</param>
    public IEnumerable<string> Read(int half, int fragment, int register)
    {
        var names = Enumerable.Range(register, 4).Select(r => $"mg{_name}{Literals.Int(r)}").ToList();
        if (!_operand.Copy.RowsFast)
        {
            var from = $"mgAt{_name}{Literals.Int(half)}{Plus(fragment * FragmentRows * RowBytes)}";
            yield return $"ldmatrix.sync.aligned.m8n8.x4.shared.b16 {{{string.Join(", ", names)}}}, [{from}]";
        }
        else
        {
            for (var r = 0; r < 4; r++)
            {
                // The permutation goes over 32 rows: from there on the places repeat.
                var (block, k) = _isA ? (2 * fragment + r % 2, 8 * half + r / 2 * 4) : (2 * fragment + r / 2, 8 * half + r % 2 * 4);
                yield return $"ld.shared.b32 {names[r]}, [mgAt{_name}{Literals.Int(block % 4)}{Plus(k * LineBytes + block / 4 * 128)}]";
            }
        }
        foreach (var name in names) yield return $"cvt.rna.tf32.f32 {name}, {name}";
    }

    // The register with the address of a row.
    private string From(int row) => $"mgFrom{_name}{Literals.Int(row)}";

    // From a copy of the thread to its next.
    private int RowStepBytes => _operand.Copy.RowStep * (_operand.Copy.RowsFast ? ChunkBytes : RowBytes);

    private static string Plus(long bytes) => bytes == 0 ? "" : "+" + Literals.Int(bytes);
}
