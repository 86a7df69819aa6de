using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Cpu;

/// <content>What follows the sums of a tile.</content>
internal sealed partial class ContractionEmitter
{
    // Products for each row that take longer than a line takes from memory, about.
    private const long LeastDepthOfAPrefetch = 48;

    // Floats from a row to the next, and of a tensor that is seldom in a near cache at a batch of a usual size.
    private const int LeastGapOfAPrefetch = 128;
    private const int LeastFloatsOfAPrefetch = 128 * 1024;

    // Tiles that share the request for the next panel, and the size of a matrix whose panels do not stay in a near cache.
    private const int PartsOfAPanel = 4;
    private const long LeastFloatsOfFarPanels = 64 * 1024;

    // Floats in a line of a cache.
    private const int Line = 16;

    // What follows the sums lies in rows far apart, which no processor guesses: the lines are asked for while the products are summed up.
    private void Prefetch(TileForm form, Dictionary<Access, string> pointers)
    {
        if (_isa.IsScalar || IsDots || IsCut || _plan.MVariable < 0 || _plan.Depth < LeastDepthOfAPrefetch) return;
        var far = pointers.Where(p => p.Key.Strides[_plan.MVariable] >= LeastGapOfAPrefetch && p.Key.Strides[_plan.NVariable] == 1
            && _entry.Kernel.Arguments[p.Key.Argument].Shape.Length.Typical >= LeastFloatsOfAPrefetch).ToList();
        if (far.Count > 0) _writer.Line("// Lines that the last part needs, on their way while the products are summed up.");
        foreach (var (access, pointer) in far.Select(p => (p.Key, p.Value)))
        {
            for (var i = 0; i < form.AllRows; i++)
                _writer.Line(string.Join(" ", Enumerable.Range(0, form.AllVectors).Select(j => (At: RowAt(access, form, i) + VectorAt(access, form, j), j)).Where(x => x.j * _isa.Width % Line == 0)
                    .Select(x => $"Sse.Prefetch0({pointer}{(x.At == 0 ? "" : " + " + Text(x.At))});")));
        }
    }

    // A matrix of many panels comes from afar, and the first tile of a panel would wait for it: the tiles before ask for it, each for a part.
    private bool AsksForNextPanel(TileForm form) => !_isa.IsScalar && _plan.Form == ContractionForm.Panels && _plan.MVariable >= 0 && _plan.N.Factor > PanelWidth
        && form.Rows == _tile.Rows && form.Columns == _tile.Columns && LinesOfATurn(form) > 0 && PanelRows * _plan.N.Factor >= LeastFloatsOfFarPanels && TilesOfAPanel >= PartsOfAPanel;

    // Tiles, one after the other, that read the same panel.
    private int TilesOfAPanel => _tasks.RowsAtOnce / _tile.Rows * LoopsOfAPanel.Aggregate(1, (p, l) => p * (_plan.Loop.Outer[l.Variable].Factor / l.Step));

    // Loops around the rows whose points share a panel, and how far apart the points of two tiles are; loops over samples are as long as the batch is, which may be one.
    private IEnumerable<(int Variable, int Step)> LoopsOfAPanel => _plan.SharesB
        ? _plan.LoopVariables.Where(j => !_plan.Loop.Outer[j].PerSample).Select(j => (j, j == _plan.ExtraRows ? _tile.RowGroups : 1))
        : Enumerable.Empty<(int, int)>();

    // Lines of the next panel that a turn of the inner loop asks for.
    private int LinesOfATurn(TileForm form) => StepsOfATurn(form, _plan.K.Count - 1) * form.Vectors * _isa.Width / (PartsOfAPanel * Line);

    private void NextPanel(TileForm form)
    {
        var innermost = _plan.K.Count - 1;
        var rows = innermost == _plan.BlockedLevels - 1 ? _plan.BlockLength : _plan.K[innermost].Factor;
        var floats = rows / StepsOfATurn(form, innermost) * LinesOfATurn(form) * Line;
        var tile = string.Join(" + ", LoopsOfAPanel.Select(l => "i" + Text(l.Variable) + (l.Step == 1 ? "" : " / " + Text(l.Step))).Append($"m / {Text(_tile.Rows)}"));
        _writer.Line($"float* next = B + {Text(PanelWidth * PanelRows)} + {(tile.Contains('+') ? "(" + tile + ")" : tile)} % {Text(PartsOfAPanel)} * {Text(floats)};   // a part of the panel to come");
    }

    // As for panels, where B is another matrix for each point of a loop around the rows and lies as it is: its next columns, then those of the next point.
    private bool AsksForNextColumns(TileForm form) => !_isa.IsScalar && _plan.Form == ContractionForm.Rows && !GathersB && !IsCut && _plan.MVariable >= 0 && !_plan.N.PerSample && _plan.K.Count == 1 && !_plan.K[0].PerSample
        && form == WholeTile && form.RowGroups * form.ColumnGroups == 1 && form.Columns % Line == 0 && RowsOfATurn(form) > 0 && PointOfB >= 0
        && _entry.Kernel.Arguments[_plan.B.Argument].Shape is { IsPerSample: false } shape && shape.Length.Factor >= LeastFloatsOfFarPanels && _tasks.RowsAtOnce >= PartsOfAPanel * _tile.Rows;

    // The loop that changes fastest among those for each point of which B is another matrix, or -1.
    private int PointOfB => _plan.LoopVariables.Where(j => _plan.B.Strides[j] != 0 && !_plan.Loop.Outer[j].PerSample).DefaultIfEmpty(-1).Last();

    // Rows of the next columns that a turn of the inner loop asks for.
    private int RowsOfATurn(TileForm form) => StepsOfATurn(form, 0) / PartsOfAPanel;

    private void NextColumns(TileForm form)
    {
        long stride = _plan.B.Strides[_plan.KVariables[0]], rows = _plan.K[0].Factor / StepsOfATurn(form, 0) * RowsOfATurn(form);
        var (columns, point) = (Text(form.Columns), Text(_plan.B.Strides[PointOfB]));
        var start = _plan.N.Factor < 2 * form.Columns ? $"B - n0 + {point}" : $"(n0 + {columns} < {Text(_plan.N.Factor)} ? B + {columns} : B - n0 + {point})";
        _writer.Line($"float* next = {start} + m / {Text(_tile.Rows)} % {Text(PartsOfAPanel)} * {Text(rows * stride)};   // a part of the columns to come");
    }

    private void AskForNextColumns(TileForm form) => AskForNext(form.Columns / Line, _plan.B.Strides[_plan.KVariables[0]], RowsOfATurn(form));

    // Neighbouring lines of what comes next, and on to those that another turn asks for.
    private void AskForNext(int lines, long step, int rows = 1) => _writer.Line(string.Join(" ", Enumerable.Range(0, rows * lines).Select(i => i / lines * step + i % lines * Line)
        .Select(at => $"Sse.Prefetch1(next{(at == 0 ? "" : " + " + Text(at))});")) + $" next += {Text(rows * step)};");

    // Pointers to what is read and written after the sums.
    private Dictionary<Access, string> EpiloguePointers(Scope scope)
    {
        var outer = Enumerable.Range(0, _plan.Loop.Outer.Count).ToList();
        var pointers = new Dictionary<Access, string>();
        foreach (var access in _plan.Epilogue.SelectMany(s => s.Accesses).Distinct())
        {
            var linear = scope.Linear(access, outer);
            var name = "p" + Text(pointers.Count);
            pointers[access] = name;
            _writer.Line($"{(scope.IsInteger(access.Argument) ? "int" : "float")}* {name} = {_entry.Arguments[access.Argument]}{(linear.Length == 0 ? "" : " + (" + linear + ")")};");
        }
        return pointers;
    }

    private void Epilogue(Scope scope, TileForm form, Dictionary<Access, string> pointers)
    {
        var isa = Summed;
        var local = ((ReduceStage)_plan.Loop.Stages[0].Stage).Local;
        if (!isa.IsScalar && form.AllRows * form.AllVectors > MostInline && form is { RowGroups: 1, ColumnGroups: 1 } && _plan.HasCostlyEpilogue)
        {
            CostlyEpilogue(scope, pointers, local, form);
            return;
        }
        Func<int, string> At(int i, int j) => v => Text(v == _plan.MVariable ? i % form.Rows : v == _plan.NVariable ? IsDots ? j : j % form.Vectors * _isa.Width
            : form.RowGroups > 1 && v == _plan.ExtraRows ? i / form.Rows : form.ColumnGroups > 1 && v == _plan.ExtraColumns ? j / form.Vectors : 0);
        if (IsDots)
        {
            for (var i = 0; i < form.AllRows; i++)
                for (var j = 0; j < form.AllVectors; j++) Element(scope, isa, pointers, local, At(i, j), 1, Sum(i, j));
            return;
        }
        // Computed once: what the whole tile has in common, what all rows have in common for one of their vectors, what the vectors of a row have in common.
        IReadOnlyList<int> alongRows = AlongRows(form), alongColumns = new[] { _plan.NVariable, form.ColumnGroups > 1 ? _plan.ExtraColumns : -1 }.Where(v => v >= 0).ToList();
        var names = 0;
        Scope Part(int i, int j, IReadOnlyList<Expr> values, Scope? whole)
        {
            var part = ElementScope(scope, pointers, At(i, j));
            if (whole is not null) part.Take(whole.Values);
            EpilogueWriter.Name(_writer, isa, part, _plan.Epilogue, _plan.NVariable, values, names++);
            return part;
        }
        var tile = Part(0, 0, Common(alongRows.Concat(alongColumns).ToList(), form.AllRows * form.AllVectors), null);
        IReadOnlyList<Expr> ofAVector = Common(alongRows, form.AllRows), ofARow = Common(alongColumns, form.AllVectors);
        var vectors = Enumerable.Range(0, form.AllVectors).Select(j => Part(0, j, ofAVector, tile)).ToList();
        for (var i = 0; i < form.AllRows; i++)
        {
            var row = Part(i, 0, ofARow, tile);
            for (var j = 0; j < form.AllVectors; j++) Element(scope, isa, pointers, local, At(i, j), LanesOf(form, j), Sum(i, j), vectors[j], row);
        }
    }

    private IReadOnlyList<int> AlongRows(TileForm form) => new[] { _plan.MVariable, form.RowGroups > 1 ? _plan.ExtraRows : -1 }.Where(v => v >= 0).ToList();

    private IReadOnlyList<Expr> Common(IReadOnlyList<int> variables, int elements) => elements > 1 ? LoopInvariants.Along(_plan.Epilogue, variables, keepsLocals: false) : Array.Empty<Expr>();

    // The sums go through memory, and the epilogue is a loop over them: written out for each register of a tile, functions of many instructions
    // would make a method too large to be optimised well.
    private void CostlyEpilogue(Scope scope, Dictionary<Access, string> pointers, int local, TileForm form)
    {
        int rows = form.AllRows, columns = form.Columns, vectors = form.AllVectors;
        _writer.Line($"float* tileSums = stackalloc float[{Text(rows * vectors * _isa.Width)}];");
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < vectors; j++) _writer.Line(_isa.Store("tileSums", Text((i * vectors + j) * _isa.Width), $"c{Text(i)}_{Text(j)}"));
        var ofAVector = Common(AlongRows(form), rows);
        // All rows of two vectors at a time, then of single ones, then of what is left over.
        void At(Isa isa, string column, int lanes)
        {
            Func<int, string> Place(string row) => v => v == _plan.MVariable ? row : v == _plan.NVariable ? column : "0";
            var vector = ElementScope(scope, pointers, Place("0"));
            EpilogueWriter.Name(_writer, isa, vector, _plan.Epilogue, _plan.NVariable, ofAVector, 0);
            _writer.Block($"for (int row = 0; row < {Text(rows)}; row++)", () =>
            {
                _writer.Line($"var c0 = {isa.Load("tileSums", $"row * {Text(vectors * _isa.Width)}{(column == "0" ? "" : " + " + column)}")};");
                Element(scope, isa, pointers, local, Place("row"), lanes, "c0", vector);
            });
        }
        var from = 0;
        foreach (var isa in new[] { PairForm.Fits(_plan.Loop, _plan.Epilogue, _plan.NVariable) ? _isa.Pairs : null, _isa }.OfType<Isa>())
        {
            var to = from + (columns - from) / isa.Width * isa.Width;
            if (to == from + isa.Width) _writer.Block(null, () => At(isa, Text(from), isa.Width));
            else if (to > from) _writer.Block($"for (int column = {Text(from)}; column < {Text(to)}; column += {Text(isa.Width)})", () => At(isa, "column", isa.Width));
            from = to;
        }
        if (from < columns) _writer.Block(null, () => At(_isa, Text(from), columns - from));
    }

    private Scope ElementScope(Scope tile, Dictionary<Access, string> pointers, Func<int, string> at)
    {
        var corner = VariableNames();
        var offsets = corner.Select((_, v) => at(v)).ToArray();
        var positions = corner.Select((name, v) => at(v) != "0" ? $"({name} + {at(v)})" : name).ToArray();
        var scope = new Scope(offsets, _entry.Arguments, tile.IsInteger) { Positions = positions };
        foreach (var p in pointers) scope.Fold(p.Key, p.Value, _plan.GivenVariables.Where(v => at(v) == "0"));
        return scope;
    }

    private void Element(Scope tile, Isa isa, Dictionary<Access, string> pointers, int local, Func<int, string> at, int lanes, string sum, params Scope[] parts)
    {
        var scope = ElementScope(tile, pointers, at);
        foreach (var part in parts) scope.Take(part.Values);
        scope.Locals[local] = sum;
        EpilogueWriter.Write(_writer, isa, scope, _plan.Epilogue, _plan.NVariable, lanes, sum);
    }
}
