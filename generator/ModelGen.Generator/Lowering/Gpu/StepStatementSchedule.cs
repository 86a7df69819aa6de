using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>How a statement inside the loop over steps is computed: the points of all samples of the group are shared out to its threads, each of which takes
/// a point in each turn.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Sums">Of its product; null where it is none.</param>
/// <param name="Points">What is computed at a point, and by which threads.</param>
/// <param name="Count">The points of all samples.</param>
/// <param name="Repetitions">How often the turns are repeated.</param>
/// <param name="Turns">The turns that are written out: what they read from memory is loaded before anything is stored, so that it is under way
/// together.</param>
/// <param name="KeepsItsOwn">Whether it replaces what it reads of a held tensor: then a thread reads its own points, and no other does.</param>
/// <param name="LoadsAhead">Whether what the points read from memory is loaded before the sums of the product are computed.</param>
internal sealed record StepStatementSchedule(
    StepStatement Statement, StepSumSchedule? Sums, PointSchedule Points, int Count, int Repetitions, EquatableArray<StepTurn> Turns, bool KeepsItsOwn,
    bool LoadsAhead)
{
    /// <summary>Gets the threads.</summary>
    public LoopMapping Mapping => Points.Mapping;

    /// <summary>Gets whether the turns are in a loop.</summary>
    public bool IsLoop => Repetitions > 1;

    /// <summary>Gets the floats of the sums on their way to the threads of their points.</summary>
    public int SumFloats => (Sums?.Parts ?? 0) * Count;

    /// <param name="samples">Samples of a group.</param>
    /// <param name="sums">Of its product; null where it is none.</param>
    public static StepStatementSchedule Of(GpuTarget target, StepBody body, StepStatement statement, int samples, StepSumSchedule? sums)
    {
        var points = PointsOf(target, body, statement, samples);
        var mapping = points.Mapping;
        var count = samples * statement.Points;
        var all = (count + mapping.Points - 1) / mapping.Points;
        var keepsItsOwn = ReplacesWhatItReads(body, statement);
        var size = statement.AtPoint.Sum(s => s.Stage.Stage.Expression.SelfAndDescendants().Count()) + (sums?.Parts ?? 1);
        var most = mapping.IsShared || statement.AtPoint.Any(s => s.Stage.Inner.Count > 0) ? 1 : Math.Max(1, target.UnrolledOperations / size);
        most = Math.Min(most, target.UnrolledPoints);
        if (all > most && keepsItsOwn) most = 1;
        var atOnce = all <= most ? all : new[] { 4, 2, 1 }.First(t => t <= most && all % t == 0);
        var turns = Enumerable.Range(0, atOnce).Select(turn => StepTurn.Of(statement.Points, samples, mapping, turn, isLoop: atOnce < all)).ToEquatableArray();
        var loadsAhead = atOnce == all && LoadsOf(body, statement, mapping, turns) <= target.LoadsInFlight;
        return new(statement, sums, points, count, all / atOnce, turns, keepsItsOwn, loadsAhead);
    }

    /// <summary>What is computed at a point, and by which threads: those that share a point with inner loops are a power of two.</summary>
    public static PointSchedule PointsOf(GpuTarget target, StepBody body, StepStatement statement, int samples)
    {
        var parts = 1;
        if (statement.Inner >= target.SharedStepPointFrom)
            while (2 * parts * (long)samples * statement.Points <= target.GroupThreads && 2 * parts <= statement.Inner) parts *= 2;
        var held = statement.AtPoint.Where(s => s.Held is not null).ToDictionary(s => s.Stage, s => s.Held!);
        // Nothing else lies where a held tensor does.
        var memory = new PointMemory(stage => held.TryGetValue(stage, out var access) ? new[] { access.Argument } : Array.Empty<int>(),
            (read, written) => body.HeldOf(read) == body.HeldOf(written));
        return PointSchedule.Of(target, statement.AtPoint.Select(s => s.Stage).ToList(), new(target.GroupThreads / parts, parts, true), memory);
    }

    /// <summary>What is read once at a point that no step writes and no condition guards, positions first that others are found by: where a thread has points
    /// of its own it can be loaded ahead.</summary>
    public static IEnumerable<Access> LoadedAhead(StepBody body, StepStatement statement, LoopMapping mapping) => mapping.IsShared ? Array.Empty<Access>()
        : AtPoints(statement).Where(a => body.HeldOf(a.Argument) < 0 && a.Guards.Count == 0).OrderBy(a => a.Special.Count > 0);

    /// <summary>What is read once at a point.</summary>
    public static IEnumerable<Access> AtPoints(StepStatement statement) =>
        statement.AtPoint.Where(s => s.Stage.Inner.Count == 0).SelectMany(s => s.Stage.Reads.Values).Distinct();

    private static bool ReplacesWhatItReads(StepBody body, StepStatement statement)
    {
        var stored = new HashSet<int>(statement.AtPoint.Where(s => s.Held is not null).Select(s => body.HeldOf(s.Held!.Argument)));
        return statement.AtPoint.SelectMany(s => s.Stage.Reads.Values)
            .Any(a => body.HeldOf(a.Argument) is >= 0 and var held && !body.Held[held].IsDouble && stored.Contains(held));
    }

    // The elements that a thread loads ahead in all turns: some of its points have the sample in common, others the place in it.
    private static int LoadsOf(StepBody body, StepStatement statement, LoopMapping mapping, IReadOnlyList<StepTurn> turns)
    {
        var loads = new HashSet<(Access Access, int Sample, int Place)>();
        for (var turn = 0; turn < turns.Count; turn++)
        {
            var first = turns[turn].First;
            var (sample, place) = turns[turn].Form switch
            {
                StepTurnForm.Alone => (0, first),
                StepTurnForm.OneSample => (first / statement.Points, first % statement.Points),
                StepTurnForm.WholeSamples => (turn, 0),
                // Nobody else's.
                _ => (-1 - turn, -1 - turn),
            };
            // Positions along several axes are found anew in each turn.
            if (statement.Others.Count > 1) place = turn;
            foreach (var access in LoadedAhead(body, statement, mapping))
            {
                bool DependsOn(int variable) => access.Strides[variable] != 0 || !access.IsPlainAlong(variable);
                loads.Add((access, DependsOn(statement.Sample) ? sample : 0, statement.Others.Any(DependsOn) ? place : 0));
            }
        }
        return loads.Count;
    }
}
