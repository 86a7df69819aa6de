using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>How one factor of a product, as rows of elements along k, comes to shared memory: which of a step's elements a thread copies.</summary>
/// <remarks>Neighbouring threads copy neighbouring elements, four at a time where the rows of memory allow it. A thread keeps to one place along k and
/// takes several rows, so what depends on k is computed once a step and what depends on a row once in all.</remarks>
internal sealed record OperandCopy
{
    private readonly ProductTile _schedule;

    /// <param name="loop">The kernel.</param>
    /// <param name="load">The factor.</param>
    /// <param name="rows">The outer variables that number the rows.</param>
    /// <param name="schedule">What a group computes.</param>
    /// <param name="isA">Whether its rows are those of the result; else they are its columns.</param>
    /// <param name="based">Arguments that do not start where their view starts.</param>
    public OperandCopy(
        LoopKernel loop, Expr.Load load, IReadOnlyList<int> rows, ProductTile schedule, bool isA, IReadOnlyCollection<int> based)
    {
        _schedule = schedule;
        (Loop, Load, Rows, Tile) = (loop, load, rows, isA ? schedule.TileM : schedule.TileN);
        Extent = Extent.Of(rows.Select(j => loop.Outer[j]));
        Access = loop.Stages[0].Reads[load];
        KVariables = Enumerable.Range(loop.Outer.Count, Inner.Count).ToList();
        int lastRow = rows[rows.Count - 1], lastK = KVariables[KVariables.Count - 1];
        bool canBeWide = CanBeWide(based), rowsWide = canBeWide && IsWide(lastRow), kWide = canBeWide && IsWide(lastK);
        RowsFast = rowsWide != kWide ? rowsWide : IsRowsFast(lastRow, lastK);
        Width = rowsWide || kWide ? 4 : 1;
        WideVariable = RowsFast ? lastRow : lastK;
        InCopies = Width == 1 ? Access : Access with
        {
            Offset = Access.Offset / 4,
            Strides = Access.Strides.Select((s, j) => j == WideVariable ? 1 : s / 4).ToEquatableArray(),
        };
        Runs = RunsOfK();
    }

    /// <summary>Gets the loops of the kernel.</summary>
    public LoopKernel Loop { get; }

    /// <summary>Gets the factor.</summary>
    public Expr.Load Load { get; }

    /// <summary>Gets its elements as addresses.</summary>
    public Access Access { get; }

    /// <summary>Gets the addresses in copies instead of floats.</summary>
    public Access InCopies { get; }

    /// <summary>Gets the outer variables that number its rows.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>Gets the number of rows.</summary>
    public Extent Extent { get; }

    /// <summary>Gets the rows of a tile.</summary>
    public int Tile { get; }

    /// <summary>Gets the variables of k.</summary>
    public IReadOnlyList<int> KVariables { get; }

    /// <summary>Gets a value indicating whether neighbouring threads copy neighbouring rows; else they copy neighbouring k.</summary>
    public bool RowsFast { get; }

    /// <summary>Gets the elements of memory that a copy moves at once, one or four.</summary>
    public int Width { get; }

    /// <summary>Gets the variable along which those are neighbours; positions along it count copies.</summary>
    public int WideVariable { get; }

    /// <summary>Gets the axes of k that are not one run of memory, in copies, and for each the last variable of the kernel in it.</summary>
    public IReadOnlyList<(Axis Axis, int Variable)> Runs { get; }

    /// <summary>Gets a value indicating whether it is copied four floats at a time.</summary>
    public bool IsInFours => Width == 4;

    /// <summary>Gets the copies along the fast direction that threads share, before the next of the other.</summary>
    public int Lanes => RowsFast ? _schedule.Threads / Depth : Depth / Width;

    /// <summary>Gets the distance from a row that a thread copies to the next, in rows of memory or, along the fast direction, in copies.</summary>
    public int RowStep => RowsFast ? Lanes : _schedule.Threads / Lanes;

    /// <summary>Gets the rows that a thread copies in each step.</summary>
    public int RowsPerThread => Tile * Depth / _schedule.Threads / Width;

    /// <summary>Gets the elements of a copy along the rows.</summary>
    public int RowWidth => RowsFast ? Width : 1;

    /// <summary>Gets the elements of a copy along k.</summary>
    public int KWidth => RowsFast ? 1 : Width;

    /// <summary>Gets the copies of a step along k.</summary>
    public int DepthInCopies => Depth / KWidth;

    /// <summary>Gets the floats from one step of k to the next in shared memory: whole rows of a tile, and so many more that the stores of a warp fall into
    /// different banks.</summary>
    public int Line => Tile + (!RowsFast ? 4 : Width == 4 || Lanes == 32 ? 0 : 16);

    /// <summary>Gets the floats of a stage in shared memory, where it lies there as lines of rows along k.</summary>
    public int StageFloats => Depth * Line;

    /// <summary>Gets a value indicating whether k is one run of memory.</summary>
    public bool IsLinear => Runs.Count == 1 && Access.IsPlainAlong(Runs[0].Variable);

    /// <summary>Gets a value indicating whether all threads turn to the next run of k in the same step: then each adds its own place to its rows,
    /// once.</summary>
    public bool IsUniform => Runs[Runs.Count - 1] is var (axis, variable) && axis.Factor % DepthInCopies == 0 && Access.IsPlainAlong(variable);

    /// <summary>Gets a value indicating whether the thread's rows lie one after the other at the same distance: then they are numbers behind the
    /// first.</summary>
    public bool RowsAreEven => Rows.Count == 1 && Extent.IsMultipleOf(Tile) && Access.Guards.Count == 0 && Access.Special.Count == 0
        && Access.Strides[Rows[0]] > 0;

    /// <summary>Gets the distance from a row that a thread copies to the next, where they are even.</summary>
    public long RowDistance => (long)RowStep * InCopies.Strides[Rows[Rows.Count - 1]];

    private IReadOnlyList<Axis> Inner => Loop.Stages[0].Inner;

    private int Depth => _schedule.Depth;

    /// <summary>Whether positions along a run count copies.</summary>
    public bool IsInCopies(int run) => Width == 4 && Runs[run].Variable == WideVariable;

    /// <summary>An axis, counted in copies where they lie along it.</summary>
    public Axis InCopiesOf(int variable, Axis axis) => Width == 4 && variable == WideVariable ? new Axis(axis.Factor / 4, axis.PerSample) : axis;

    // Whether the view starts on 16 bytes, nothing outside has to be told from zero, and all threads have something to copy.
    private bool CanBeWide(IReadOnlyCollection<int> based) => Load.Fill == 0 && !based.Contains(Access.Argument)
        && Loop.Kernel.Arguments[Access.Argument].Element != ElementType.I32 && Tile * Depth >= 4 * _schedule.Threads;

    // Neighbours along the variable can be copied four at a time: they lie together, no border passes between them, and every other way leads to a multiple of
    // four.
    private bool IsWide(int variable)
    {
        var axis = variable < Loop.Outer.Count ? Loop.Outer[variable] : Inner[variable - Loop.Outer.Count];
        return Access.Strides[variable] == 1 && axis.Factor % 4 == 0 && Access.IsPlainAlong(variable)
            && Enumerable.Range(0, Access.Strides.Count).All(j => j == variable || Access.Strides[j] % 4 == 0)
            && Access.Offset % 4 == 0 && Access.Special.All(s => s.Stride % 4 == 0);
    }

    // Where both directions are contiguous, the longer one.
    private bool IsRowsFast(int lastRow, int lastK)
    {
        if (Access.Strides[lastK] != 1) return true;
        var batch = _schedule.Target.TypicalBatch;
        return Access.Strides[lastRow] == 1 && Loop.Outer[lastRow].At(batch) > Inner[Inner.Count - 1].At(batch);
    }

    // Neighbouring axes of k along which the operand lies in one run are one.
    private IReadOnlyList<(Axis, int)> RunsOfK()
    {
        var runs = new List<(Axis Axis, int Variable)>();
        for (var k = 0; k < Inner.Count; k++)
        {
            var variable = KVariables[k];
            var axis = Inner[k];
            if (runs.Count > 0 && runs[runs.Count - 1] is var (before, at) && !axis.PerSample && Access.IsPlainAlong(at) && Access.IsPlainAlong(variable)
                && Access.Strides[at] == (long)Access.Strides[variable] * axis.Factor && (long)before.Factor * axis.Factor <= int.MaxValue)
            {
                runs[runs.Count - 1] = (new Axis(before.Factor * axis.Factor, before.PerSample), variable);
                continue;
            }
            runs.Add((axis, variable));
        }
        return runs.Select(r => (InCopiesOf(r.Variable, r.Axis), r.Variable)).ToList();
    }
}
