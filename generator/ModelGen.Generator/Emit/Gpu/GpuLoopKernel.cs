using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints maps, reductions and row kernels: the outer points are shared out to threads, or each to several.</summary>
internal sealed class GpuLoopKernel : GpuKernelText
{
    private readonly GpuLoopSchedule _schedule;
    private readonly LoopMapping _mapping;
    private readonly Extent _points;
    private readonly PointStages _stages;

    public GpuLoopKernel(KernelEntry entry, GpuLoopSchedule schedule) : base(entry, schedule)
    {
        (_schedule, _mapping, _points) = (schedule, schedule.Mapping, schedule.Count);
        _stages = new(Scope, schedule.Points);
    }

    public override string Groups => _points.Groups(_mapping.Points);

    public override string Remark => (_schedule.Parts == 1 ? "" : $"Over {Literals.Int(_schedule.Parts)} parts of the sums. ") + (!_mapping.IsShared
        ? $"One thread for each of {_points.Shown()} points."
        : FormattableString($"{_mapping.Parts} threads for each of {_points.Shown()} points, {_mapping.Points} points in a group; ")
            + "the threads of a point combine their parts in shared memory.");

    public override void Body(CodeWriter writer)
    {
        if (_mapping.IsShared)
        {
            SharedHeader(writer);
            var outer = Outer(writer);
            PointStages.SharedArrays(writer, _schedule.Points.SharedFloats, _schedule.Points.SharedIntegers, _schedule.Threads);
            _stages.Write(writer, outer, _mapping.Points > 1 && !_points.IsMultipleOf(_mapping.Points) ? "isPoint" : "");
            return;
        }
        writer.Line($"var i = group * {Literals.Int(_schedule.Threads)} + Group.IdxX;");
        writer.Open($"if (i < {Scope.Text(_points)})");
        _stages.Write(writer, Outer(writer), "");
        writer.Close();
    }

    private void SharedHeader(CodeWriter writer)
    {
        var points = Literals.Int(_mapping.Points);
        writer.Line("var thread = Group.IdxX;");
        if (_mapping.Points == 1)
        {
            writer.Line("var part = thread;");
            writer.Line("var i = group;");
        }
        else
        {
            writer.Line(_mapping.PartsAdjacent ? $"var part = {GpuScope.Remainder("thread", _mapping.Parts)};"
                : $"var part = {GpuScope.Quotient("thread", _mapping.Points)};");
            writer.Line($"var i = group * {points} + "
                + (_mapping.PartsAdjacent ? GpuScope.Quotient("thread", _mapping.Parts) : GpuScope.Remainder("thread", _mapping.Points)) + ";");
            if (!_points.IsMultipleOf(_mapping.Points))
            {
                // All threads must come by every barrier: those past the end repeat the last point and store nothing.
                writer.Line($"var isPoint = i < {Scope.Text(_points)};");
                writer.Line($"i = IntrinsicMath.Min(i, {Scope.Text(_points)} - 1);");
            }
        }
    }

    // The step is given; the other outer variables follow from the point.
    private IReadOnlyList<string> Outer(CodeWriter writer)
    {
        var points = Scope.Split(writer, "i", _schedule.Loop.Outer.Skip(_schedule.Loop.StepAxes).ToList(), "o");
        return _schedule.Loop.StepAxes == 0 ? points : points.Prepend(Scope.Step).ToList();
    }

    private static string FormattableString(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
