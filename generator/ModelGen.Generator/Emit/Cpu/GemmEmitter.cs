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

/// <summary>Prints a contraction as register tiles: one method for each height and width of tile, and a driver that walks over the result.</summary>
/// <remarks>All strides and sizes are literals. The tile methods are not inlined: each has its registers to itself, and the call is nothing beside
/// its work. The order of summation depends on the sizes only, so the result has the same bits for any number of threads.</remarks>
internal sealed partial class GemmEmitter
{
    private readonly CodeWriter _writer;
    private readonly KernelEntry _entry;
    private readonly GemmSchedule _schedule;
    private readonly GemmNest _nest;
    private readonly GemmTaskWalk _walk;
    private readonly Isa _isa;

    private GemmEmitter(CodeWriter writer, KernelEntry entry, GemmSchedule schedule)
    {
        (_writer, _entry, _schedule, _nest, _isa) = (writer, entry, schedule, schedule.Nest, Isa.Of(schedule.Target));
        _walk = new GemmTaskWalk(schedule);
    }

    public static void Emit(CpuText text, KernelEntry entry, string parameters, IReadOnlyList<GemmSchedule> schedules)
    {
        CpuEmitter.Wrapper(text.Steps, entry, parameters, schedules.Select(s => (Isa.Of(s.Target), new GemmTaskWalk(s).Count)).ToList());
        foreach (var schedule in schedules) new GemmEmitter(text.Kernels(schedule.Target), entry, schedule).Emit();
    }

    private void Emit()
    {
        var methods = new List<TileForm>();
        _writer.Line();
        CpuEmitter.TileHeader(_writer, _entry, _schedule, _walk.Count);
        if (_nest.Loop.StepAxes > 0) _writer.Line("int i0 = a->Step;");
        Driver(methods);
        _writer.Close();
        foreach (var form in methods.Distinct()) Tile(form);
    }

    private IEnumerable<int> BlockedLevels => Enumerable.Range(0, _nest.BlockedLevels);

    private string TileName(TileForm form) => $"{_entry.Name}_{_isa.Suffix}_{Text(form.AllRows)}x{Text(form.Columns * form.ColumnGroups)}";

    // Pointers, then the position of the tile.
    private IEnumerable<string> Parameters() => _entry.Arguments
        .Select((a, k) => (_entry.Kernel.Arguments[k].Element == ElementType.I32 ? "int* " : "float* ") + a)
        .Concat(new[] { "int n" }).Concat(_nest.GivenVariables.Select(v => "int i" + Text(v))).Concat(BlockedLevels.Select(k => "int k" + Text(k)))
            .Concat(_nest.Loop.Kernel.Accumulates ? new[] { "int " + CallList.Done } : Array.Empty<string>()).Concat(CopyParameters.Select(p => "float* " + p))
            .Concat(new[] { "int m", "int n0" }).Concat(UsesRandom ? new[] { "Arguments* a" } : Array.Empty<string>());

    private IEnumerable<string> CallArguments() => _entry.Arguments.Concat(new[] { "n" }).Concat(_nest.GivenVariables.Select(v => "i" + Text(v)))
        .Concat(BlockedLevels.Select(k => "k" + Text(k))).Concat(_nest.Loop.Kernel.Accumulates ? new[] { "a->Done" } : Array.Empty<string>())
        .Concat(CopyParameters).Concat(new[] { "m", "n0" })
        .Concat(UsesRandom ? new[] { "a" } : Array.Empty<string>());

    private bool UsesRandom => _nest.Loop.Stages.Any(s => s.Stage.Expression.Has(e => e is Expr.Random));

    private void Tile(TileForm form)
    {
        var (rows, vectors) = (form.AllRows, form.AllVectors);
        _writer.Line();
        _writer.Line("[@MethodImpl(MethodImplOptions.NoInlining)]");
        _writer.Open($"private static void {TileName(form)}({string.Join(", ", Parameters())})");
        var scope = new Scope(VariableNames(), _entry.Arguments, k => _entry.Kernel.Arguments[k].Element == ElementType.I32);
        var outer = Enumerable.Range(0, _nest.Loop.Outer.Count).ToList();
        string Start(Access access, IEnumerable<int> variables)
        {
            var linear = scope.Linear(access, variables);
            return _entry.Arguments[access.Argument] + (linear.Length == 0 ? "" : " + (" + linear + ")");
        }
        string Cut(Func<int, long> stride) => string.Concat(BlockedLevels.Where(k => stride(k) != 0).Select(k => $" + k{Text(k)} * {Text(stride(k))}L"));
        _writer.Line($"float* A = {Start(_nest.A, outer)}{Cut(k => _nest.A.Strides[_nest.KVariables[k]])};");
        string StartOfB() =>
            (_schedule.B == OperandB.PackedParameter ? PanelStart() : Start(_nest.B, outer)) + Cut(k => KStrideOfB(k, form.Columns / form.Panels));
        _writer.Line($"float* B = {(_schedule.GathersB ? "panel" : StartOfB())};");
        var pointers = EpiloguePointers(scope);
        PrefetchEpilogue(form, pointers);
        Accumulators(scope, form);
        var idle = Idle(scope, form);
        if (idle.Length > 0) _writer.Open($"if ({idle})   // nobody reads sums that lie elsewhere");
        var hasProducts = _schedule.IsDots ? "" : HasProducts(scope, form);
        if (hasProducts.Length > 0) _writer.Open($"if ({hasProducts})   // the others would be products with padding");
        if (_schedule.IsDots) DotLoops(rows, vectors);
        else RowLoops(form, Math.Max(0, _nest.BlockedLevels - 1), Inside(scope, form), Nonzero(scope, form));
        if (hasProducts.Length > 0) _writer.Close();
        if (idle.Length > 0) _writer.Close();
        if (_schedule.IsDots && !_isa.IsScalar)
            for (var i = 0; i < rows; i++)
                _writer.Line($"float {string.Join(", ", Enumerable.Range(0, vectors).Select(j => $"d{Text(i)}_{Text(j)} = Simd.Sum(c{Text(i)}_{Text(j)})"))};");
        if (_schedule.KeepsSumsInResult) AddEarlier(form);
        if (_schedule.IsCut) Wait(form);
        Epilogue(scope, form, pointers);
        _writer.Close();
    }

    // All start at zero; the lines that blocks before have left in the result are asked for meanwhile.
    private void Accumulators(Scope scope, TileForm form)
    {
        for (var i = 0; i < form.AllRows; i++)
            _writer.Line($"{_isa.Type} {string.Join(", ", Enumerable.Range(0, form.AllVectors).Select(j => $"c{Text(i)}_{Text(j)} = {_isa.Constant(0)}"))};");
        if (!_schedule.KeepsSumsInResult) return;
        _writer.Line($"float* sums = {Sums(scope)};");
        if (_isa.IsScalar || _schedule.IsDots) return;
        _writer.Line("// What the blocks before have summed, on its way meanwhile.");
        _writer.Block($"if ({HasEarlier})", () =>
        {
            for (var i = 0; i < form.AllRows; i++)
                _writer.Line(string.Join(" ", Enumerable.Range(0, form.AllVectors).Where(j => j * _isa.Width % _schedule.Line == 0)
                    .Select(j => $"Sse.Prefetch0(sums{(SumsAt(form, i, j) is var at && at == 0 ? "" : " + " + Text(at))});")));
        });
    }

    // Whether blocks before this one have left sums in the result.
    private string HasEarlier =>
        string.Join(" || ", BlockedLevels.Select(k => $"k{Text(k)} > 0")
        .Concat(_nest.Loop.Kernel.Accumulates ? new[] { CallList.Done + " > 0" } : Array.Empty<string>()));

    // Adds what the blocks before have left.
    private void AddEarlier(TileForm form)
    {
        _writer.Line("// The sums of the blocks before.");
        _writer.Block($"if ({HasEarlier})", () =>
        {
            for (var i = 0; i < form.AllRows; i++)
                _writer.Line(string.Join(" ", Enumerable.Range(0, form.AllVectors)
                    .Select(j => $"{Sum(i, j)} = {Summed.Binary(BinaryKind.Add, Summed.Load("sums", Text(SumsAt(form, i, j))), Sum(i, j))};")));
        });
    }

    // Unless this is the last block, the sums are put away as they are.
    private void Wait(TileForm form)
    {
        var isLast = string.Join(" && ", BlockedLevels.Select(k => k == _nest.BlockedLevels - 1 && _nest.BlockLength > 1
            ? $"k{Text(k)} >= {Scope.Size(_nest.K[k])} - {Text(_nest.BlockLength)}" : $"k{Text(k)} == {Scope.Size(_nest.K[k])} - 1"));
        _writer.Block($"if (!({isLast}))", () =>
        {
            for (var i = 0; i < form.AllRows; i++)
                for (var j = 0; j < form.AllVectors; j++)
                {
                    var (lanes, value) = (LanesOf(form, j), Sum(i, j));
                    _writer.Line(_schedule.IsDots
                        || lanes == _isa.Width ? Summed.Store("sums", Text(SumsAt(form, i, j)), value)
                        : $"Simd.StorePartial({value}, sums + {Text(SumsAt(form, i, j))}, {Text(lanes)});");
                }
            _writer.Line("return;");
        });
    }

    private Access Result => _nest.Epilogue.First(s => s.Store is not null).Store!;

    private string Sums(Scope scope)
    {
        var linear = scope.Linear(Result, Enumerable.Range(0, _nest.Loop.Outer.Count));
        return _entry.Arguments[Result.Argument] + (linear.Length == 0 ? "" : " + (" + linear + ")");
    }

    private long SumsAt(TileForm form, int row, int vector) =>
        RowAt(Result, form, row) + (_schedule.IsDots ? (long)vector * Result.Strides[_nest.NVariable] : VectorAt(Result, form, vector));

    // A sum as it is put away: a vector of results, or the one number that a dot has become.
    private string Sum(int row, int vector) => $"{(_schedule.IsDots && !_isa.IsScalar ? "d" : "c")}{Text(row)}_{Text(vector)}";

    private Isa Summed => _schedule.IsDots ? Isa.Scalar : _isa;

    // From the tile's first row to another, for one of the tensors.
    private long RowAt(Access access, TileForm form, int row) => (_nest.MVariable < 0 ? 0 : (long)(row % form.Rows) * access.Strides[_nest.MVariable])
        + (form.RowGroups == 1 ? 0 : (long)(row / form.Rows) * access.Strides[_nest.ExtraRows]);

    // From the tile's first column to those of a vector.
    private long VectorAt(Access access, TileForm form, int vector) => vector % form.Vectors * _isa.Width
        + (form.ColumnGroups == 1 ? 0 : (long)(vector / form.Vectors) * access.Strides[_nest.ExtraColumns]);

    private long VectorOfB(TileForm form, int vector)
    {
        var vectors = form.Vectors / form.Panels;
        return form.Panels == 1 ? VectorAt(_nest.B, form, vector)
            : vector / vectors * _schedule.Target.PanelColumns * _schedule.PanelRows + vector % vectors * _isa.Width;
    }

    private int LanesOf(TileForm form, int vector) => Math.Min(_isa.Width, form.Columns - vector % form.Vectors * _isa.Width);

    private string[] VariableNames()
    {
        var names = new string[_nest.Loop.Outer.Count];
        for (var j = 0; j < names.Length; j++) names[j] = j == _nest.MVariable ? "m" : j == _nest.NVariable ? "n0" : "i" + Text(j);
        return names;
    }

    // Panels of PanelColumns columns, each K rows; on a narrower tile several tiles share a panel.
    private string PanelStart()
    {
        var argument = _entry.Arguments[_nest.B.Argument];
        var panel = _schedule.Target.PanelColumns;
        return _schedule.Tile.Columns == panel ? $"{argument} + n0 * {Text(_schedule.PanelRows)}L"
            : $"{argument} + n0 / {Text(panel)} * {Text(panel * _schedule.PanelRows)}L + n0 % {Text(panel)}";
    }

    // Floats from a row of the panel to the next: the last panel is as wide as its columns, rounded up to 16.
    private int KStrideOfB(int level, int columns)
    {
        if (_schedule.GathersB) return _nest.K.Skip(level + 1).Aggregate((columns + _isa.Width - 1) / _isa.Width * _isa.Width, (p, k) => p * k.Factor);
        if (_schedule.B != OperandB.PackedParameter) return _nest.B.Strides[_nest.KVariables[level]];
        var lastPanel = _nest.N.Factor / _schedule.Target.PanelColumns * _schedule.Target.PanelColumns;
        var inLast = columns != _schedule.Tile.Columns || _nest.N.Factor < _schedule.Target.PanelColumns;
        var width = inLast && _schedule.Target.PanelColumns > Pack.Multiple ? (_nest.N.Factor - lastPanel + Pack.Multiple - 1) / Pack.Multiple * Pack.Multiple
            : _schedule.Target.PanelColumns;
        return _nest.K.Skip(level + 1).Aggregate(width, (p, k) => p * k.Factor);
    }

    private void RowLoops(TileForm form, int level, IReadOnlyDictionary<int, (string From, string To)> inside, (string Position, string Factor)[] nonzero)
    {
        var axis = _nest.K[level];
        int xStride = _nest.A.Strides[_nest.KVariables[level]], yStride = KStrideOfB(level, form.Columns / form.Panels);
        var innermost = level == _nest.K.Count - 1;
        var isCut = level == _nest.BlockedLevels - 1;
        if (isCut && _nest.BlockLength == 1)
        {
            if (innermost) RowStep(form, 0, 0, 0);
            else RowLoops(form, level + 1, inside, nonzero);
            return;
        }
        if (innermost && !isCut && _schedule.IsUnrolled(form, axis))
        {
            for (var u = 0; u < axis.Factor; u++) RowStep(form, u * xStride, u * yStride, u);
            return;
        }
        var size = axis.PerSample ? $"n * {Text(axis.Factor)}L" : Text(axis.Factor);
        if (innermost)
        {
            var (pointer, stride) = yStride != 0 ? ("B", yStride) : ("A", xStride);
            _writer.Open();
            var end = isCut ? $"{CutLength(level)} * {Text(stride)}L" : axis.PerSample ? $"n * {Text((long)axis.Factor * stride)}L"
                : Text((long)axis.Factor * stride);
            var (steps, prefetch) = (_schedule.Kernel(form).Steps, _schedule.Kernel(form).Prefetch);
            if (prefetch == Prefetch.NextPanel) NextPanel(form);
            if (prefetch == Prefetch.NextColumns) NextColumns(form);
            Bounds(nonzero, pointer, stride, end, steps, xStride, yStride);
            if (prefetch == Prefetch.NextCopy) NextCopy();
            void Turn(int count)
            {
                if (prefetch == Prefetch.NextPanel) AskForNext(_schedule.Kernel(form).PrefetchPerTurn, _schedule.Kernel(form).PrefetchPerTurn * _schedule.Line);
                if (prefetch == Prefetch.NextColumns) AskForNextColumns(form);
                if (count == steps && prefetch == Prefetch.NextCopy) AskForNext(form.Columns / _schedule.Line, _nest.B.Strides[_nest.KVariables[0]]);
                for (var u = 0; u < count; u++) RowStep(form, u * xStride, u * yStride, u);
                Advance((long)count * xStride, (long)count * yStride);
            }
            if (axis.Factor % steps == 0)
            {
                _writer.Line("do");
                _writer.Open();
                Turn(steps);
                _writer.Close();
                _writer.Line($"while ({pointer} != kEnd);");
            }
            else
            {
                // As many samples as there are.
                _writer.Block($"while ({pointer} <= kEnd - {Text((long)steps * stride)})", () => Turn(steps));
                _writer.Block($"while ({pointer} != kEnd)", () => Turn(1));
            }
            _writer.Close();
        }
        else
        {
            var k = "j" + Text(level);
            var end = isCut ? CutLength(level) : axis.PerSample ? Scope.Size(axis) : size;
            if (inside.TryGetValue(level, out var range))
            {
                _writer.Line($"int {k}From = {range.From}, {k}To = Math.Max({k}From, {range.To});   // the others would be products with padding");
                Advance($"{k}From", xStride, yStride);
            }
            _writer.Block($"for (int {k} = {(inside.ContainsKey(level) ? k + "From" : "0")}; {k} < {(inside.ContainsKey(level) ? k + "To" : end)}; {k}++)",
                () =>
            {
                RowLoops(form, level + 1, inside, nonzero);
                Advance(xStride, yStride);
            });
        }
        // The loop around this one goes on from where it stood.
        if (level > Math.Max(0, _nest.BlockedLevels - 1))
        {
            if (axis.PerSample)
            {
                if (xStride != 0) _writer.Line($"A -= n * {Text((long)axis.Factor * xStride)}L;");
                if (yStride != 0) _writer.Line($"B -= n * {Text((long)axis.Factor * yStride)}L;");
            }
            else if (inside.ContainsKey(level)) Advance($"j{Text(level)}To", -xStride, -yStride);
            else Advance(-(long)axis.Factor * xStride, -(long)axis.Factor * yStride);
        }
    }

    private string CutLength(int level) => $"Math.Min({Text(_nest.BlockLength)}, {Scope.Size(_nest.K[level])} - k{Text(level)})";

    private void Advance(string count, int x, int y)
    {
        string Move(string pointer, int by) => by == 0 ? "" : $"{pointer} {(by > 0 ? "+=" : "-=")} {count} * {Text(Math.Abs((long)by))}L;";
        var text = (Move("A", x) + " " + Move("B", y)).Trim();
        if (text.Length > 0) _writer.Line(text);
    }

    private void Advance(long x, long y)
    {
        string Move(string pointer, long by) => by == 0 ? "" : by > 0 ? $"{pointer} += {Text(by)};" : $"{pointer} -= {Text(-by)};";
        var text = (Move("A", x) + " " + Move("B", y)).Trim();
        if (text.Length > 0) _writer.Line(text);
    }

    // c[i, :] += a[i] · b[:], for one k.
    private void RowStep(TileForm form, int xOffset, int yOffset, int step)
    {
        var (u, vectors) = (Text(step), Enumerable.Range(0, form.AllVectors).ToList());
        _writer.Line(string.Join(" ", vectors.Select(j => $"var b{u}_{Text(j)} = {_isa.Load("B", Text(yOffset + VectorOfB(form, j)))};")));
        for (var i = 0; i < form.AllRows; i++)
            _writer.Line($"var a{u}_{Text(i)} = {_isa.Broadcast($"A[{Text(RowAt(_nest.A, form, i) + xOffset)}]")}; "
                + string.Join(" ", vectors
                    .Select(j => $"c{Text(i)}_{Text(j)} = {_isa.MultiplyAdd($"a{u}_{Text(i)}", $"b{u}_{Text(j)}", $"c{Text(i)}_{Text(j)}")};")));
    }

    // c[i, j] += a[i, lanes] · b[j, lanes] along the last axis summed over.
    private void DotLoops(int rows, int columns)
    {
        var last = _nest.K.Count - 1;
        for (var level = 0; level < last; level++)
        {
            var j = "j" + Text(level);
            _writer.Open($"for (int {j} = 0; {j} < {(level == _nest.BlockedLevels - 1 ? CutLength(level) : Scope.Size(_nest.K[level]))}; {j}++)");
            _writer.Line($"float* A{Text(level)} = {(level == 0 ? "A" : "A" + Text(level - 1))} + {j} * {Text(_nest.A.Strides[_nest.KVariables[level]])}L, "
                + $"B{Text(level)} = {(level == 0 ? "B" : "B" + Text(level - 1))} + {j} * {Text(_nest.B.Strides[_nest.KVariables[level]])}L;");
        }
        string x = last == 0 ? "A" : "A" + Text(last - 1), y = last == 0 ? "B" : "B" + Text(last - 1);
        var axis = _nest.K[last];
        void Step(string mask, string k, int turn = -1)
        {
            var (ahead, u) = turn < 0 ? (0L, "") : ((long)turn * _isa.Width, Text(turn) + "_");
            string Value(string pointer, int stride, int index)
            {
                var fixedPart = (long)index * stride + ahead;
                var offset = long.TryParse(k, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? Text(known + fixedPart) : fixedPart == 0 ? k
                    : Text(fixedPart) + " + " + k;
                var load = _isa.Load(pointer, offset);
                return mask.Length == 0 ? load : $"{load} & {mask}";
            }
            _writer.Line(string.Join(" ", Enumerable.Range(0, columns).Select(j => $"var b{u}{Text(j)} = {Value(y, _nest.B.Strides[_nest.NVariable], j)};")));
            for (var i = 0; i < rows; i++)
                _writer.Line($"var a{u}{Text(i)} = {Value(x, _nest.A.Strides[_nest.MVariable], i)}; "
                    + string.Join(" ", Enumerable.Range(0, columns)
                    .Select(j => $"c{Text(i)}_{Text(j)} = {_isa.MultiplyAdd($"a{u}{Text(i)}", $"b{u}{Text(j)}", $"c{Text(i)}_{Text(j)}")};")));
        }
        // The last lanes: what lies beyond the axis counts as zero in both factors.
        void Rest(string lanes, string k)
        {
            _writer.Line($"var lanes = Lanes.First{_isa.Suffix}({lanes});");
            Step("lanes", k);
        }
        var width = _isa.Width;
        if (_schedule.IsUnrolledDot(axis))
        {
            // Short enough to be written out.
            for (var k = 0; k < axis.Factor; k += width)
            {
                var at = k;
                _writer.Block(null, () =>
                {
                    if (axis.Factor - at < width) Rest(Text(axis.Factor - at), Text(at));
                    else Step("", Text(at));
                });
            }
        }
        else
            _writer.Block(null, () =>
            {
                var rest = !_isa.IsScalar && (axis.PerSample || axis.Factor % width != 0);
                _writer.Line("int k = 0;");
                var steps = _schedule.StepsOfADot(axis, rows * columns);
                if (axis.PerSample || axis.Factor >= width)
                    _writer.Block($"for (; k <= {Scope.Size(axis)} - {Text(steps * width)}; k += {Text(steps * width)})", () =>
                    {
                        if (steps == 1) Step("", "k");
                        else for (var u = 0; u < steps; u++) Step("", "k", u);
                    });
                if (rest && axis.PerSample) _writer.Block($"if (k < {Scope.Size(axis)})", () => Rest($"{Scope.Size(axis)} - k", "k"));
                else if (rest) _writer.Block(null, () => Rest($"{Scope.Size(axis)} - k", "k"));
            });
        for (var level = 0; level < last; level++) _writer.Close();
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
