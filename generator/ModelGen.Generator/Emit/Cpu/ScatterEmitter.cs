using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>Prints <see cref="Scatter"/> sums: the result is cleared, then each term is added to the row its index names. Tasks are ranges of columns, so
/// every element is added up in the order of the terms, whatever the number of threads.</summary>
internal sealed class ScatterEmitter
{
    private readonly CodeWriter _writer;
    private readonly KernelEntry _entry;
    private readonly LoopKernel _loop;
    private readonly Isa _isa;
    private readonly int _row;
    private readonly int _columns;

    private readonly ScatterSchedule _schedule;

    private ScatterEmitter(CodeWriter writer, KernelEntry entry, ScatterSchedule schedule) =>
        (_writer, _entry, _schedule, _loop, _isa, _row, _columns) = (writer, entry, schedule, schedule.Loop, Isa.Of(schedule.Target), schedule.Row,
            schedule.Columns);

    public static void Emit(CpuText text, KernelEntry entry, string parameters, IReadOnlyList<ScatterSchedule> schedules)
    {
        CpuEmitter.Wrapper(text.Steps, entry, parameters, schedules.Select(s => (Isa.Of(s.Target), Tasks(s))).ToList());
        foreach (var schedule in schedules) new ScatterEmitter(text.Kernels(schedule.Target), entry, schedule).Emit(Tasks(schedule));
    }

    private static string Tasks(ScatterSchedule schedule) => Text((schedule.Loop.Outer[schedule.Columns].Factor + schedule.Chunk - 1) / schedule.Chunk);

    private void Emit(string tasks)
    {
        var (sum, store) = (_loop.Stages[0], _loop.Stages[1].Store!);
        _writer.Line();
        CpuEmitter.TileHeader(_writer, _entry, _schedule, tasks);
        var width = _loop.Outer[_columns].Factor;
        _writer.Line($"int first = tile * {Text(_schedule.Chunk)}, last = Math.Min(first + {Text(_schedule.Chunk)}, {Text(width)});");
        var names = Enumerable.Range(0, _loop.Outer.Count).Select(j => j == _columns ? "first" : j == _row ? "row" : "i" + Text(j)).ToArray();
        var others = Enumerable.Range(0, _columns).Where(j => j != _row).ToList();
        var clearing = ScopeOf(names);
        Loops(others.Prepend(_row).Select(j => (names[j], _loop.Outer[j])), () =>
            _writer.Line($"new Span<float>({Pointer(clearing, store)}, last - first).Clear();"));

        var inner = Enumerable.Range(0, sum.Inner.Count).Select(j => "j" + Text(j)).ToArray();
        Loops(inner.Select((name, j) => (name, sum.Inner[j])), () =>
        {
            var scope = ScopeOf(names.Concat(inner).ToArray());
            var (index, _, _) = Scatter.Parts(sum.Stage.Expression)!.Value;
            _ = new ExpressionWriter(Isa.Scalar, scope, sum, -1, _writer, "t_");
            _writer.Line($"int row = {scope.Index(sum.Reindex(index))};");
            Loops(others.Select(j => (names[j], _loop.Outer[j])), () => Columns(names.Concat(inner).ToArray(), sum, store));
        });
        _writer.Close();
    }

    private void Columns(string[] names, LoopStage sum, Access store)
    {
        names[_columns] = "c0";
        var scope = ScopeOf(names);
        _writer.Line("int c0 = first;");
        void Add(Isa isa)
        {
            var (_, _, term) = Scatter.Parts(sum.Stage.Expression)!.Value;
            var value = new ExpressionWriter(isa, scope, sum, isa.IsScalar ? -1 : _columns, _writer, "t" + isa.Suffix + "_").Write(term);
            var (pointer, at) = scope.Address(store);
            _writer.Line(isa.Store(pointer, at, $"{isa.Load(pointer, at)} + {value}"));
        }
        if (!_isa.IsScalar) _writer.Block($"for (; c0 <= last - {Text(_isa.Width)}; c0 += {Text(_isa.Width)})", () => Add(_isa));
        if (_isa.IsScalar || _loop.Outer[_columns].Factor % _isa.Width != 0) _writer.Block("for (; c0 < last; c0++)", () => Add(Isa.Scalar));
    }

    private Scope ScopeOf(IReadOnlyList<string> names) => new(names, _entry.Arguments, k => _entry.Kernel.Arguments[k].Element == ElementType.I32);

    private static string Pointer(Scope scope, Access access)
    {
        var (pointer, index) = scope.Address(access);
        return pointer + (index.Length == 0 ? "" : " + " + index);
    }

    private void Loops(IEnumerable<(string Name, Axis Size)> axes, Action body)
    {
        var all = axes.ToList();
        void Level(int k)
        {
            if (k == all.Count) body();
            else _writer.Block($"for (int {all[k].Name} = 0; {all[k].Name} < {Scope.Size(all[k].Size)}; {all[k].Name}++)", () => Level(k + 1));
        }
        Level(0);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
