using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Cpu;

/// <content>What follows the sums of a tile.</content>
internal sealed partial class GemmEmitter
{
    // What follows the sums lies in rows far apart, which no processor guesses: the lines are asked for while the products are summed up.
    private void PrefetchEpilogue(TileForm form, Dictionary<Access, string> pointers)
    {
        var far = pointers.Where(p => _schedule.PrefetchedEpilogue.Contains(p.Key)).ToList();
        if (far.Count > 0) _writer.Line("// Lines that the last part needs, on their way while the products are summed up.");
        foreach (var (access, pointer) in far.Select(p => (p.Key, p.Value)))
        {
            for (var i = 0; i < form.AllRows; i++)
                _writer.Line(string.Join(" ", Enumerable.Range(0, form.AllVectors).Select(j => (At: RowAt(access, form, i) + VectorAt(access, form, j), j))
                    .Where(x => x.j * _isa.Width % _schedule.Line == 0)
                    .Select(x => $"Sse.Prefetch0({pointer}{(x.At == 0 ? "" : " + " + Text(x.At))});")));
        }
    }

    private void NextPanel(TileForm form)
    {
        var innermost = _nest.K.Count - 1;
        var rows = innermost == _nest.BlockedLevels - 1 ? _nest.BlockLength : _nest.K[innermost].Factor;
        var floats = rows / _schedule.Kernel(form).Steps * _schedule.Kernel(form).PrefetchPerTurn * _schedule.Line;
        var tile = string.Join(" + ", _schedule.LoopsOfAPanel
            .Select(l => "i" + Text(l.Variable) + (l.Step == 1 ? "" : " / " + Text(l.Step))).Append($"m / {Text(_schedule.Tile.Rows)}"));
        _writer.Line($"float* next = B + {Text(_schedule.Target.PanelColumns * _schedule.PanelRows)} + {(tile.Contains('+') ? "(" + tile + ")" : tile)} % "
            + $"{Text(_schedule.PartsOfAPrefetch)} * {Text(floats)};   // a part of the panel to come");
    }

    private void NextColumns(TileForm form)
    {
        long stride = _nest.B.Strides[_nest.KVariables[0]], rows = _nest.K[0].Factor / _schedule.Kernel(form).Steps * _schedule.Kernel(form).PrefetchPerTurn;
        var (columns, point) = (Text(form.Columns), Text(_nest.B.Strides[_schedule.PointOfB]));
        var start = _nest.N.Factor < 2 * form.Columns ? $"B - n0 + {point}" : $"(n0 + {columns} < {Text(_nest.N.Factor)} ? B + {columns} : B - n0 + {point})";
        _writer.Line($"float* next = {start} + m / {Text(_schedule.Tile.Rows)} % {Text(_schedule.PartsOfAPrefetch)} * {Text(rows * stride)};   // a part of "
            + "the columns to come");
    }

    private void AskForNextColumns(TileForm form) =>
        AskForNext(form.Columns / _schedule.Line, _nest.B.Strides[_nest.KVariables[0]], _schedule.Kernel(form).PrefetchPerTurn);

    // Neighbouring lines of what comes next, and on to those that another turn asks for.
    private void AskForNext(int lines, long step, int rows = 1) =>
        _writer.Line(string.Join(" ", Enumerable.Range(0, rows * lines).Select(i => i / lines * step + i % lines * _schedule.Line)
        .Select(at => $"Sse.Prefetch1(next{(at == 0 ? "" : " + " + Text(at))});")) + $" next += {Text(rows * step)};");

    // Pointers to what is read and written after the sums.
    private Dictionary<Access, string> EpiloguePointers(Scope scope)
    {
        var outer = Enumerable.Range(0, _nest.Loop.Outer.Count).ToList();
        var pointers = new Dictionary<Access, string>();
        foreach (var access in _nest.Epilogue.SelectMany(s => s.Accesses).Distinct())
        {
            var linear = scope.Linear(access, outer);
            var name = "p" + Text(pointers.Count);
            pointers[access] = name;
            _writer.Line($"{(scope.IsInteger(access.Argument) ? "int" : "float")}* {name} = "
                + $"{_entry.Arguments[access.Argument]}{(linear.Length == 0 ? "" : " + (" + linear + ")")};");
        }
        return pointers;
    }

    private void Epilogue(Scope scope, TileForm form, Dictionary<Access, string> pointers)
    {
        var isa = Summed;
        var local = ((ReduceStage)_nest.Loop.Stages[0].Stage).Local;
        if (_schedule.Kernel(form).HasEpilogueLoop)
        {
            CostlyEpilogue(scope, pointers, local, form);
            return;
        }
        Func<int, string> At(int i, int j) => v =>
            Text(v == _nest.MVariable ? i % form.Rows : v == _nest.NVariable ? _schedule.IsDots ? j : j % form.Vectors * _isa.Width
            : form.RowGroups > 1 && v == _nest.ExtraRows ? i / form.Rows : form.ColumnGroups > 1 && v == _nest.ExtraColumns ? j / form.Vectors : 0);
        if (_schedule.IsDots)
        {
            for (var i = 0; i < form.AllRows; i++)
                for (var j = 0; j < form.AllVectors; j++) Element(scope, isa, pointers, local, At(i, j), 1, Sum(i, j));
            return;
        }
        // Computed once: what the whole tile has in common, what all rows have in common for one of their vectors, what the vectors of a row have in common.
        IReadOnlyList<int> alongRows = AlongRows(form), alongColumns = new[] { _nest.NVariable, form.ColumnGroups > 1 ? _nest.ExtraColumns : -1 }
            .Where(v => v >= 0).ToList();
        var names = 0;
        Scope Part(int i, int j, IReadOnlyList<Expr> values, Scope? whole)
        {
            var part = ElementScope(scope, pointers, At(i, j));
            if (whole is not null) part.Take(whole.Values);
            EpilogueWriter.Name(_writer, isa, part, _nest.Epilogue, _nest.NVariable, values, names++);
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

    private IReadOnlyList<int> AlongRows(TileForm form) => new[] { _nest.MVariable, form.RowGroups > 1 ? _nest.ExtraRows : -1 }.Where(v => v >= 0).ToList();

    private IReadOnlyList<Expr> Common(IReadOnlyList<int> variables, int elements) => elements > 1
        ? LoopInvariants.Along(_nest.Epilogue, variables, keepsLocals: false) : Array.Empty<Expr>();

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
            Func<int, string> Place(string row) => v => v == _nest.MVariable ? row : v == _nest.NVariable ? column : "0";
            var vector = ElementScope(scope, pointers, Place("0"));
            EpilogueWriter.Name(_writer, isa, vector, _nest.Epilogue, _nest.NVariable, ofAVector, 0);
            _writer.Block($"for (int row = 0; row < {Text(rows)}; row++)", () =>
            {
                _writer.Line($"var c0 = {isa.Load("tileSums", $"row * {Text(vectors * _isa.Width)}{(column == "0" ? "" : " + " + column)}")};");
                Element(scope, isa, pointers, local, Place("row"), lanes, "c0", vector);
            });
        }
        var from = 0;
        foreach (var isa in new[] { _schedule.HasEpilogueInPairs ? _isa.Pairs : null, _isa }.OfType<Isa>())
        {
            var to = from + (columns - from) / isa.Width * isa.Width;
            if (to == from + isa.Width) _writer.Block(null, () => At(isa, Text(from), isa.Width));
            else if (to > from) _writer.Block($"for (int column = {Text(from)}; column < {Text(to)}; column += {Text(isa.Width)})", () =>
                At(isa, "column", isa.Width));
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
        foreach (var p in pointers) scope.Fold(p.Key, p.Value, _nest.GivenVariables.Where(v => at(v) == "0"));
        return scope;
    }

    private void Element(Scope tile, Isa isa, Dictionary<Access, string> pointers, int local, Func<int, string> at, int lanes, string sum, params Scope[] parts)
    {
        var scope = ElementScope(tile, pointers, at);
        foreach (var part in parts) scope.Take(part.Values);
        scope.Locals[local] = sum;
        EpilogueWriter.Write(_writer, isa, scope, _nest.Epilogue, _nest.NVariable, lanes, sum);
    }
}
