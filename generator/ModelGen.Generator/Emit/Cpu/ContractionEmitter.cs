using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>Prints a contraction as register tiles: one method for each height and width of tile, and a driver that walks over the result.</summary>
/// <remarks>All strides and sizes are literals. The tile methods are not inlined: each has its registers to itself, and the call is nothing beside
/// its work. The order of summation depends on the sizes only, so the result has the same bits for any number of threads.</remarks>
internal sealed partial class ContractionEmitter
{
    // Floating-point operations that make a task worth handing to another thread.
    private const long FlopsPerTask = 400_000;

    // Registers of a tile up to which a costly epilogue is written out.
    private const int MostInline = 4;

    private readonly CodeWriter _writer;
    private readonly KernelEntry _entry;
    private readonly ContractionPlan _plan;
    private readonly Isa _isa;
    private readonly TileShape _tile;

    private ContractionEmitter(CodeWriter writer, KernelEntry entry, ContractionPlan plan, Isa isa)
    {
        (_writer, _entry, _plan, _isa) = (writer, entry, plan, isa);
        _tile = TileShape.Of(plan, isa);
    }

    /// <summary>False where the kernel is no contraction that tiles can compute: plain loops will do.</summary>
    public static bool TryEmit(CodeWriter writer, KernelEntry entry, string parameters)
    {
        var plan = ContractionPlan.Of(entry.Kernel);
        if (plan is not null && entry.Packed < 0) plan = plan.WithoutPanels();
        if (plan is null || plan.N.PerSample && plan.Form != ContractionForm.Dots || !EpilogueFits(plan)) return false;
        CpuEmitter.Wrapper(writer, entry, parameters, isa => Tasks(plan, isa), new[] { Isa.Avx512, Isa.Avx2, Isa.Scalar });
        foreach (var isa in new[] { Isa.Avx512, Isa.Avx2, Isa.Scalar }) new ContractionEmitter(writer, entry, plan, isa).Emit();
        return true;
    }

    /// <summary>Whether what follows the sum can be done on a tile: operands contiguous or constant along its rows.</summary>
    public static bool EpilogueFits(ContractionPlan plan) => plan.Loop.Stages.Skip(1).All(s => s.Inner.Count == 0
        && s.Accesses.All(a => a.Guards.Count == 0 && !a.Special.Any(x => plan.Form == ContractionForm.Dots || x.Index.DependsOn(plan.NVariable)) && (plan.Form == ContractionForm.Dots || a.Strides[plan.NVariable] is 0 or 1))
        && (s.Store is null || plan.Form == ContractionForm.Dots || s.Store.Strides[plan.NVariable] == 1));

    // Tasks are ranges of the first loop axis, or of rows where there is none.
    private static int TaskVariable(ContractionPlan plan) => plan.LoopVariables.Count > plan.Loop.StepAxes ? plan.LoopVariables[plan.Loop.StepAxes] : plan.MVariable;

    private static int Chunk(ContractionPlan plan, Isa isa)
    {
        const int typicalBatch = 32;
        var variable = TaskVariable(plan);
        if (variable < 0) return 1;
        long flops = 2;
        foreach (var k in plan.K) flops *= k.At(typicalBatch);
        for (var j = 0; j < plan.Loop.Outer.Count; j++)
            if (j != variable && j >= plan.Loop.StepAxes) flops *= plan.Loop.Outer[j].At(typicalBatch);
        var chunk = Math.Max(1, FlopsPerTask / Math.Max(1, flops));
        // A task of rows is made of whole tiles, so that only the last one meets what is left over.
        if (variable == plan.MVariable)
        {
            var rows = TileShape.Of(plan, isa).Rows;
            chunk = (chunk + rows - 1) / rows * rows;
        }
        var size = plan.Loop.Outer[variable];
        return (int)Math.Min(chunk, size.PerSample ? 1 << 20 : size.Factor);
    }

    private static string Tasks(ContractionPlan plan, Isa isa)
    {
        var variable = TaskVariable(plan);
        if (variable < 0) return "1";
        int chunk = Chunk(plan, isa);
        var size = plan.Loop.Outer[variable];
        if (!size.PerSample) return Text((size.Factor + chunk - 1) / chunk);
        return chunk == 1 ? Scope.Size(size) : $"({Scope.Size(size)} + {Text(chunk - 1)}) / {Text(chunk)}";
    }

    private void Emit()
    {
        var methods = new List<(int Rows, int Columns, int Vectors)>();
        _writer.Line();
        CpuEmitter.TileHeader(_writer, _entry, _isa);
        Driver(methods);
        _writer.Close();
        foreach (var (rows, columns, vectors) in methods.Distinct()) Tile(rows, columns, vectors);
    }

    private void Driver(List<(int Rows, int Columns, int Vectors)> methods)
    {
        var task = TaskVariable(_plan);
        var chunk = Chunk(_plan, _isa);
        if (task >= 0) _writer.Line($"int first = tile * {Text(chunk)}, last = Math.Min(first + {Text(chunk)}, {Scope.Size(_plan.Loop.Outer[task])});");
        void LoopsThen(int index, Action body)
        {
            if (index == _plan.LoopVariables.Count)
            {
                body();
                return;
            }
            var v = _plan.LoopVariables[index];
            if (v < _plan.Loop.StepAxes)
            {
                _writer.Line($"int i{Text(v)} = a->Step;");
                LoopsThen(index + 1, body);
                return;
            }
            var (from, to) = v == task ? ("first", "last") : ("0", Scope.Size(_plan.Loop.Outer[v]));
            _writer.Block($"for (int i{Text(v)} = {from}; i{Text(v)} < {to}; i{Text(v)}++)", () => LoopsThen(index + 1, body));
        }
        LoopsThen(0, () => Columns(methods, task));
    }

    private void Columns(List<(int, int, int)> methods, int task)
    {
        if (_plan.Form == ContractionForm.Dots)
        {
            var parts = TileShape.Parts(_plan.N, _tile.Columns);
            Walk("n0", "0", Scope.Size(_plan.N), _plan.N, parts, columns => Rows(methods, task, columns, columns));
            return;
        }
        int n = _plan.N.Factor, width = _tile.Columns, whole = n / width * width, rest = n - whole;
        if (whole > 0) _writer.Block($"for (int n0 = 0; n0 < {Text(whole)}; n0 += {Text(width)})", () => Rows(methods, task, width, width / _isa.Width));
        if (rest > 0)
        {
            _writer.Open();
            _writer.Line($"const int n0 = {Text(whole)};");
            Rows(methods, task, rest, (rest + _isa.Width - 1) / _isa.Width);
            _writer.Close();
        }
    }

    private void Rows(List<(int, int, int)> methods, int task, int columns, int vectors)
    {
        void Call(int rows)
        {
            methods.Add((rows, columns, vectors));
            _writer.Line($"{TileName(rows, columns)}({string.Join(", ", CallArguments())});");
        }
        if (_plan.MVariable < 0)
        {
            _writer.Line("const int m = 0;");
            Call(1);
            return;
        }
        var ranged = task == _plan.MVariable;
        Walk("m", ranged ? "first" : "0", ranged ? "last" : Scope.Size(_plan.M), _plan.M, _tile.Heights(_plan.M), Call);
    }

    // Tiles of the given sizes, the largest first, from a position to another.
    private void Walk(string variable, string from, string to, Axis size, IReadOnlyList<int> parts, Action<int> body)
    {
        if (parts.Count == 1 && !size.PerSample && size.Factor == parts[0] && from == "0")
        {
            _writer.Open();
            _writer.Line($"const int {variable} = 0;");
            body(parts[0]);
            _writer.Close();
            return;
        }
        _writer.Open();
        _writer.Line($"int {variable} = {from};");
        foreach (var part in parts)
            _writer.Block($"for (; {variable} <= {to} - {Text(part)}; {variable} += {Text(part)})", () => body(part));
        _writer.Close();
    }

    private string TileName(int rows, int columns) => $"{_entry.Name}_{_isa.Suffix}_{Text(rows)}x{Text(columns)}";

    // Pointers, then the position of the tile.
    private IEnumerable<string> Parameters() => _entry.Arguments.Select((a, k) => (_entry.Kernel.Arguments[k].Element == ElementType.I32 ? "int* " : "float* ") + a)
        .Concat(new[] { "int n" }).Concat(_plan.LoopVariables.Select(v => "int i" + Text(v))).Concat(new[] { "int m", "int n0" }).Concat(UsesRandom ? new[] { "Arguments* a" } : Array.Empty<string>());

    private IEnumerable<string> CallArguments() => _entry.Arguments.Concat(new[] { "n" }).Concat(_plan.LoopVariables.Select(v => "i" + Text(v))).Concat(new[] { "m", "n0" })
        .Concat(UsesRandom ? new[] { "a" } : Array.Empty<string>());

    private bool UsesRandom => _plan.Loop.Stages.Any(s => s.Stage.Expression.SelfAndDescendants().Any(e => e is Expr.Random));

    private void Tile(int rows, int columns, int vectors)
    {
        _writer.Line();
        _writer.Line("[MethodImpl(MethodImplOptions.NoInlining)]");
        _writer.Open($"private static void {TileName(rows, columns)}({string.Join(", ", Parameters())})");
        var scope = new Scope(VariableNames(), _entry.Arguments, k => _entry.Kernel.Arguments[k].Element == ElementType.I32);
        var outer = Enumerable.Range(0, _plan.Loop.Outer.Count).ToList();
        string Start(Access access, IEnumerable<int> variables)
        {
            var linear = scope.Linear(access, variables);
            return _entry.Arguments[access.Argument] + (linear.Length == 0 ? "" : " + (" + linear + ")");
        }
        _writer.Line($"float* A = {Start(_plan.A, outer)};");
        _writer.Line($"float* B = {(_plan.Form == ContractionForm.Panels ? PanelStart() : Start(_plan.B, outer))};");
        for (var i = 0; i < rows; i++)
            _writer.Line($"{_isa.Type} {string.Join(", ", Enumerable.Range(0, vectors).Select(j => $"c{Text(i)}_{Text(j)} = {_isa.Constant(0)}"))};");
        if (_plan.Form == ContractionForm.Dots) DotLoops(rows, vectors);
        else RowLoops(rows, columns, vectors, 0);
        if (_plan.Form == ContractionForm.Dots && !_isa.IsScalar)
            for (var i = 0; i < rows; i++)
                _writer.Line($"float {string.Join(", ", Enumerable.Range(0, vectors).Select(j => $"d{Text(i)}_{Text(j)} = Simd.Sum(c{Text(i)}_{Text(j)})"))};");
        Epilogue(scope, rows, columns, vectors);
        _writer.Close();
    }

    private string[] VariableNames()
    {
        var names = new string[_plan.Loop.Outer.Count];
        for (var j = 0; j < names.Length; j++) names[j] = j == _plan.MVariable ? "m" : j == _plan.NVariable ? "n0" : "i" + Text(j);
        return names;
    }

    // Panels of Panels.Width columns, each K rows; on a narrower tile several tiles share a panel.
    private string PanelStart()
    {
        var argument = _entry.Arguments[_plan.B.Argument];
        var panel = PanelWidth;
        return _tile.Columns == panel ? $"{argument} + n0 * {Text(_plan.K[0].Factor)}L"
            : $"{argument} + n0 / {Text(panel)} * {Text(panel * _plan.K[0].Factor)}L + n0 % {Text(panel)}";
    }

    private int PanelWidth => _isa == Isa.Avx512 ? 64 : 16;

    // Floats from a row of the panel to the next: the last panel is as wide as its columns, rounded up to 16.
    private int KStrideOfB(int level, int columns)
    {
        if (_plan.Form != ContractionForm.Panels) return _plan.B.Strides[_plan.KVariables[level]];
        var lastPanel = _plan.N.Factor / PanelWidth * PanelWidth;
        var inLast = columns != _tile.Columns || _plan.N.Factor < PanelWidth;
        return inLast && _isa == Isa.Avx512 ? (_plan.N.Factor - lastPanel + 15) / 16 * 16 : PanelWidth;
    }

    private void RowLoops(int rows, int columns, int vectors, int level)
    {
        var axis = _plan.K[level];
        int xStride = _plan.A.Strides[_plan.KVariables[level]], yStride = KStrideOfB(level, columns);
        var innermost = level == _plan.K.Count - 1;
        if (innermost && !axis.PerSample && axis.Factor <= 8 && axis.Factor * rows * vectors <= 200)
        {
            for (var u = 0; u < axis.Factor; u++) RowStep(rows, vectors, u * xStride, u * yStride, u);
            return;
        }
        var size = axis.PerSample ? $"n * {Text(axis.Factor)}L" : Text(axis.Factor);
        if (innermost)
        {
            var (pointer, stride) = yStride != 0 ? ("B", yStride) : ("A", xStride);
            _writer.Open();
            _writer.Line($"float* kEnd = {pointer} + {(axis.PerSample ? $"n * {Text((long)axis.Factor * stride)}L" : Text((long)axis.Factor * stride))};");
            _writer.Line("do");
            _writer.Open();
            RowStep(rows, vectors, 0, 0, 0);
            Advance(xStride, yStride);
            _writer.Close();
            _writer.Line($"while ({pointer} != kEnd);");
            _writer.Close();
        }
        else
        {
            var k = "k" + Text(level);
            _writer.Block($"for (int {k} = 0; {k} < {(axis.PerSample ? Scope.Size(axis) : size)}; {k}++)", () =>
            {
                RowLoops(rows, columns, vectors, level + 1);
                Advance(xStride, yStride);
            });
        }
        // The loop around this one goes on from where it stood.
        if (level > 0)
        {
            if (axis.PerSample)
            {
                if (xStride != 0) _writer.Line($"A -= n * {Text((long)axis.Factor * xStride)}L;");
                if (yStride != 0) _writer.Line($"B -= n * {Text((long)axis.Factor * yStride)}L;");
            }
            else Advance(-(long)axis.Factor * xStride, -(long)axis.Factor * yStride);
        }
    }

    private void Advance(long x, long y)
    {
        string Move(string pointer, long by) => by == 0 ? "" : by > 0 ? $"{pointer} += {Text(by)};" : $"{pointer} -= {Text(-by)};";
        var text = (Move("A", x) + " " + Move("B", y)).Trim();
        if (text.Length > 0) _writer.Line(text);
    }

    // c[i, :] += a[i] · b[:], for one k.
    private void RowStep(int rows, int vectors, int xOffset, int yOffset, int step)
    {
        var u = Text(step);
        _writer.Line(string.Join(" ", Enumerable.Range(0, vectors).Select(j => $"var b{u}_{Text(j)} = {_isa.Load("B", Text(yOffset + j * _isa.Width))};")));
        for (var i = 0; i < rows; i++)
        {
            var at = (_plan.MVariable < 0 ? 0 : i * _plan.A.Strides[_plan.MVariable]) + xOffset;
            _writer.Line($"var a{u}_{Text(i)} = {_isa.Broadcast($"A[{Text(at)}]")}; "
                + string.Join(" ", Enumerable.Range(0, vectors).Select(j => $"c{Text(i)}_{Text(j)} = {_isa.MultiplyAdd($"a{u}_{Text(i)}", $"b{u}_{Text(j)}", $"c{Text(i)}_{Text(j)}")};")));
        }
    }

    // c[i, j] += a[i, lanes] · b[j, lanes] along the last axis summed over.
    private void DotLoops(int rows, int columns)
    {
        var last = _plan.K.Count - 1;
        for (var level = 0; level < last; level++)
        {
            _writer.Open($"for (int k{Text(level)} = 0; k{Text(level)} < {Scope.Size(_plan.K[level])}; k{Text(level)}++)");
            _writer.Line($"float* A{Text(level)} = {(level == 0 ? "A" : "A" + Text(level - 1))} + k{Text(level)} * {Text(_plan.A.Strides[_plan.KVariables[level]])}L, B{Text(level)} = {(level == 0 ? "B" : "B" + Text(level - 1))} + k{Text(level)} * {Text(_plan.B.Strides[_plan.KVariables[level]])}L;");
        }
        string x = last == 0 ? "A" : "A" + Text(last - 1), y = last == 0 ? "B" : "B" + Text(last - 1);
        var axis = _plan.K[last];
        void Step(string mask)
        {
            string Value(string pointer, int stride, int index)
            {
                var load = _isa.Load(pointer, index * stride == 0 ? "k" : Text((long)index * stride) + " + k");
                return mask.Length == 0 ? load : $"{load} & {mask}";
            }
            _writer.Line(string.Join(" ", Enumerable.Range(0, columns).Select(j => $"var b{Text(j)} = {Value(y, _plan.B.Strides[_plan.NVariable], j)};")));
            for (var i = 0; i < rows; i++)
                _writer.Line($"var a{Text(i)} = {Value(x, _plan.A.Strides[_plan.MVariable], i)}; " + string.Join(" ", Enumerable.Range(0, columns).Select(j => $"c{Text(i)}_{Text(j)} = {_isa.MultiplyAdd("a" + Text(i), "b" + Text(j), $"c{Text(i)}_{Text(j)}")};")));
        }
        var width = Text(_isa.Width);
        var rest = !_isa.IsScalar && (axis.PerSample || axis.Factor % _isa.Width != 0);
        var whole = axis.PerSample || axis.Factor >= _isa.Width;
        _writer.Open();
        _writer.Line("int k = 0;");
        if (whole) _writer.Block($"for (; k <= {Scope.Size(axis)} - {width}; k += {width})", () => Step(""));
        if (rest)
        {
            // The last lanes: what lies beyond the axis counts as zero in both factors.
            var body = new Action(() =>
            {
                _writer.Line($"var lanes = Lanes.First{_isa.Suffix}({Scope.Size(axis)} - k);");
                Step("lanes");
            });
            if (axis.PerSample) _writer.Block($"if (k < {Scope.Size(axis)})", body);
            else
            {
                _writer.Open();
                body();
                _writer.Close();
            }
        }
        _writer.Close();
        for (var level = 0; level < last; level++) _writer.Close();
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
