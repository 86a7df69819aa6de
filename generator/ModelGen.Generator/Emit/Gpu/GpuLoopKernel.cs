using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints maps, reductions and row kernels: the outer points are shared out to threads, or each to several.</summary>
internal sealed class GpuLoopKernel : GpuKernelText
{
    private readonly LoopKernel _loop;
    private readonly LoopMapping _mapping;
    private readonly Extent _points;
    private readonly PointStages _stages;

    // The first outer axis numbers so many parts of the inner loops; 1 where they are whole.
    private readonly int _parts;

    /// <param name="isPart">True where the first outer axis numbers parts of the inner loops (see <see cref="SplitKernel"/>).</param>
    public GpuLoopKernel(KernelEntry entry, IReadOnlyCollection<int> based, bool isPart = false) : base(entry, based)
    {
        _loop = LoopKernel.Of(entry.Kernel);
        _parts = isPart ? entry.Kernel.Outer[0].Factor : 1;
        _mapping = LoopMapping.Of(_loop, _parts);
        _points = Extent.Of(_loop.Outer.Skip(_loop.StepAxes));
        _stages = new(Scope, _loop.Stages, _mapping, _parts);
    }

    public override int Threads => _mapping.Threads;

    public override int MinGroups => Threads >= GpuTarget.Large.MostGroupThreads ? 1 : 2;

    public override string Groups => _points.Groups(_mapping.Points);

    public override string Remark => (_parts == 1 ? "" : $"Over {Extent.Number(_parts)} parts of the sums. ") + (_mapping.Parts == 1
        ? $"One thread for each of {PointsText} points."
        : FormattableString($"{_mapping.Parts} threads for each of {PointsText} points, {_mapping.Points} points in a group; ")
            + "the threads of a point combine their parts in shared memory.");

    public override int SharedBytes => 4 * Threads * (_stages.SharedCount.Floats + _stages.SharedCount.Integers);

    private bool IsShared => _mapping.Parts > 1;

    private string PointsText => _points.IsLiteral ? _points.Text : _points.Text.Replace("n", "N");

    public override void Body(CodeWriter writer)
    {
        if (IsShared)
        {
            SharedHeader(writer);
            var outer = Outer(writer);
            PointStages.SharedArrays(writer, _stages.SharedCount, Threads);
            _stages.Write(writer, outer, _mapping.Points > 1 && !_points.IsMultipleOf(_mapping.Points) ? "isPoint" : "");
            return;
        }
        writer.Line($"var i = group * {Extent.Number(Threads)} + Group.IdxX;");
        writer.Open($"if (i < {Scope.Text(_points)})");
        _stages.Write(writer, Outer(writer), "");
        writer.Close();
    }

    private void SharedHeader(CodeWriter writer)
    {
        var points = Extent.Number(_mapping.Points);
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
        var points = Scope.Split(writer, "i", _loop.Outer.Skip(_loop.StepAxes).ToList(), "o");
        return _loop.StepAxes == 0 ? points : points.Prepend(Scope.Step).ToList();
    }

    private static string FormattableString(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
