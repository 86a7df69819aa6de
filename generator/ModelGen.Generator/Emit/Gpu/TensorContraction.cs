using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>A product on the tensor cores of an NVIDIA device, by inline PTX: factors are rounded to TensorFloat32, products and sums are FP32.</summary>
/// <remarks>
/// Steps of k pass through shared memory in three stages: the copies of two steps are under way while one is computed. The loop is PTX, and C# only
/// counts; the sums are registers that the text declares, since a value that inline PTX hands back to C# would be a variable in local memory. ILGPU tells
/// no address, but it calls the only allocation in shared memory <c>__shared_alloca0</c>, and memory's addresses are parameters.
/// </remarks>
internal sealed class TensorContraction : GpuContraction
{
    private readonly TensorTile _tile;
    private readonly TensorOperand _a, _b;

    public TensorContraction(KernelEntry entry, ProductSchedule schedule, TensorTile tile) : base(entry, schedule)
    {
        _tile = tile;
        _a = new(A, tile, isA: true, 0, tile.WarpRows);
        _b = new(B, tile, isA: false, _a.StageBytes, tile.WarpColumns);
    }

    protected override string ShareRemark => $"{_tile.WarpM}x{_tile.WarpN} in each warp, on tensor cores in TensorFloat32";

    protected override string FirstRow => "rowOfSums";

    private int StageBytes => _a.StageBytes + _b.StageBytes;

    // Sums of a thread: four of each 16x8 elements.
    private int Sums => _a.Fragments * 2 * _b.Fragments * 4;

    protected override void Shared(CodeWriter writer)
    {
        writer.Line("// Three stages of A and B; the sums on their way out take their place.");
        writer.Line("// It must be the only allocation: ILGPU calls it __shared_alloca0, and so does the text.");
        writer.Line($"var shared4 = SharedMemory.Allocate<Float4>({Literals.Int(Product.SharedFloats / 4)});");
    }

    protected override void Steps(CodeWriter writer, StepRange range, string rows, string columns, IReadOnlyList<string> batch)
    {
        writer.Line("var lane = thread & 31;");
        writer.Line($"var warpRow = {GpuScope.Quotient("thread", _tile.ThreadsOfAWarpRow)};");
        writer.Line($"var warpColumn = {GpuScope.Remainder("(thread >> 5)", _tile.WarpColumns)};");
        writer.Line($"var rowOfSums = warpRow * {Literals.Int(_tile.WarpM)};");
        writer.Line("// What this thread copies in each step: rows of A, rows of B, and its place along k.");
        A.Prepare(writer, rows, batch, range);
        B.Prepare(writer, columns, batch, range, A);
        writer.Line("// Registers of the text: what stays the same in the loop, and the sums.");
        InlinePtx.Write(writer, InlinePtx.Nothing, _a.Registers(1).Concat(_b.Registers(_b.Fragments))
            .Concat(new[] { $".reg .f32 mgC<{Literals.Int(Sums)}>", ".reg .b32 mgTile", ".reg .pred mgMore", "mov.u32 mgTile, __shared_alloca0" })
            .Concat(Enumerable.Range(0, Sums).Select(c => $"mov.f32 {Sum(c)}, 0f00000000")));
        _a.Prepare(writer, Scope.AddressOf(Product.A.Access.Argument), "warpRow");
        _b.Prepare(writer, Scope.AddressOf(Product.B.Access.Argument), "warpColumn");
        writer.Line("// Two steps are copied ahead.");
        // Parts of k may have no step at all.
        var least = int.TryParse(range.Steps, out var steps) ? steps : Product.Sides.Parts > 1 ? 0 : 1;
        Copy(writer, "0", Guard(writer, 0, least, range));
        Advance(writer);
        Copy(writer, Literals.Int(StageBytes), Guard(writer, 1, least, range));
        writer.Line($"var copyTo = {Literals.Int(2 * StageBytes)};");
        writer.Line("var computeFrom = 0;");
        writer.Open($"for (var turn = 2; turn < {range.Steps} + 2; turn++)");
        writer.Line("// At most the newest of the thread's copies is under way, and behind the barrier that holds for all threads;");
        writer.Line("// it also ends the reads of the stage that is written next.");
        InlinePtx.Write(writer, InlinePtx.Nothing, new[] { "cp.async.wait_group 1" });
        writer.Line("Group.Barrier();");
        Advance(writer);
        Copy(writer, "copyTo", Guard(writer, "turn", range));
        Multiply(writer);
        foreach (var stage in new[] { "copyTo", "computeFrom" })
            writer.Line($"{stage} = Utilities.Select({stage} == {Literals.Int(2 * StageBytes)}, 0, {stage} + {Literals.Int(StageBytes)});");
        writer.Close();
    }

    protected override void StoreSums(CodeWriter writer, string row)
    {
        var line = _tile.LineOut * sizeof(float);
        var stores = from i in Enumerable.Range(0, 2 * _a.Fragments)
                     from j in Enumerable.Range(0, 2 * _b.Fragments)
                     let c = (i / 2 * 2 * _b.Fragments + j) * 4 + i % 2 * 2
                     select $"st.shared.v2.f32 [mgAtA0+{Literals.Int(i * 8 * line + j * 32)}], {{{Sum(c)}, {Sum(c + 1)}}}";
        var column = $"warpColumn * {Literals.Int(_tile.WarpN * sizeof(float))} + (lane & 3) * 8";
        writer.Line($"var toC = ({row} + (lane >> 2)) * {Literals.Int(line)} + {column};");
        InlinePtx.Write(writer, new[] { "toC" }, stores.Prepend("add.u32 mgAtA0, mgTile, %0"));
    }

    private static string Sum(int c) => "mgC" + Literals.Int(c);

    private void Advance(CodeWriter writer)
    {
        A.Advance(writer, "");
        B.Advance(writer, "");
    }

    // What a copy needs for there to be a step to copy.
    private static string Guard(CodeWriter writer, string step, StepRange range)
    {
        InlinePtx.Write(writer, new[] { step, range.Steps }, new[] { "setp.lt.s32 mgMore, %0, %1" });
        return "@mgMore ";
    }

    private static string Guard(CodeWriter writer, int step, int least, StepRange range) =>
        step < least ? "" : Guard(writer, Literals.Int(step), range);

    private void Copy(CodeWriter writer, string stage, string guard)
    {
        _a.Copy(writer, stage, guard);
        _b.Copy(writer, stage, guard);
        InlinePtx.Write(writer, InlinePtx.Nothing, new[] { "cp.async.commit_group" });
    }

    private void Multiply(CodeWriter writer)
    {
        writer.Line("// 16x8 elements at a time. Factors are rounded to the nearest of TensorFloat32: the tensor cores would cut off their digits.");
        InlinePtx.Write(writer, new[] { "computeFrom" }, _a.TurnTo("%0").Concat(_b.TurnTo("%0")));
        for (var half = 0; half < 2; half++)
        {
            InlinePtx.Write(writer, InlinePtx.Nothing, Enumerable.Range(0, _b.Fragments).SelectMany(f => _b.Read(half, f, 4 * f)));
            for (var i = 0; i < _a.Fragments; i++)
            {
                var products = Enumerable.Range(0, 2 * _b.Fragments).Select(j =>
                {
                    var sums = string.Join(", ", Enumerable.Range((i * 2 * _b.Fragments + j) * 4, 4).Select(Sum));
                    var b = $"mgB{Literals.Int(2 * j)}, mgB{Literals.Int(2 * j + 1)}";
                    return $"mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {{{sums}}}, {{mgA0, mgA1, mgA2, mgA3}}, {{{b}}}, {{{sums}}}";
                });
                InlinePtx.Write(writer, InlinePtx.Nothing, _a.Read(half, i, 0).Concat(products));
            }
        }
    }
}
