using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints the sums of a product inside the loop over steps: a thread has one or four neighbouring columns of every sample of the group and a part
/// of the terms. It loads the columns' elements from memory, several terms at once, and the samples' from shared memory, where a warp reads the same
/// ones.</summary>
internal sealed class StepSums
{
    private readonly StepNames _names;
    private readonly StepStatement _statement;
    private readonly StepSumSchedule _schedule;
    private readonly StepProduct _product;
    private readonly int _parts, _quads, _atOnce, _length, _line;

    public StepSums(StepNames names, StepStatement statement, StepSumSchedule schedule)
    {
        (_names, _statement, _schedule, _product) = (names, statement, schedule, schedule.Product);
        (_parts, _atOnce, _length) = (schedule.Parts, schedule.TermsAtOnce, schedule.PartLength);
        _quads = statement.Points / _product.Width;
        _line = names.Body.Held[names.Body.HeldOf(_product.Rows.Argument)].Line;
    }

    private GpuScope Scope => _names.Scope;

    private int K => _statement.Outer.Count;

    public void Write(CodeWriter writer)
    {
        var threads = _names.Schedule.Threads;
        var column = "thread";
        string part = "", k = "0";
        if (_quads * _parts > threads)
        {
            column = Scope.Fresh("q");
            writer.Open($"for (var {column} = thread; {column} < {Literals.Int(_quads)}; {column} += {Literals.Int(threads)})");
        }
        else
        {
            writer.Open(_quads * _parts == threads ? null : $"if (thread < {Literals.Int(_quads * _parts)})");
            if (_parts > 1)
            {
                (part, column, k) = (Scope.Fresh("p"), Scope.Fresh("q"), Scope.Fresh("k"));
                writer.Line($"var {part} = {GpuScope.Quotient("thread", _quads)};");
                writer.Line($"var {column} = {GpuScope.Remainder("thread", _quads)};");
                writer.Line($"var {k} = {part} * {Literals.Int(_length)};");
            }
        }
        var first = column;
        if (_product.Width > 1)
        {
            first = Scope.Fresh("o");
            writer.Line($"var {first} = {column} * {Literals.Int(_product.Width)};");
        }
        var others = Scope.Split(writer, first, _statement.OtherAxes, "o");
        var variables = new string[K + 1];
        (variables[0], variables[_statement.Sample], variables[K]) = (Scope.Step, "0", k);
        for (var j = 0; j < others.Count; j++) variables[_statement.Others[j]] = others[j];
        Sums(writer, variables, k);
        var to = (part.Length == 0 ? "" : $"{part} * {Literals.Int(_names.Samples * _statement.Points / _product.Width)} + ") + column;
        for (var r = 0; r < _names.Samples; r++)
        {
            var at = to + (r == 0 ? "" : " + " + Literals.Int(r * _quads));
            writer.Line(_product.Width == 1 ? $"{StepNames.Sums}[{at}] = {Sum(r, 0)};"
                : $"{StepNames.WideSums}[{at}] = new Float4 {{ X = {Sum(r, 0)}, Y = {Sum(r, 1)}, Z = {Sum(r, 2)}, W = {Sum(r, 3)} }};");
        }
        writer.Close();
    }

    private void Sums(CodeWriter writer, IReadOnlyList<string> variables, string k)
    {
        var index = new GpuIndex(Scope, variables, _ => throw new InvalidOperationException("A factor is read at no position of another tensor."));
        string row = Scope.Fresh("a"), at = Scope.Fresh("b");
        var start = _names.Start(_product.Rows.Argument);
        Line(row, (start.Length > 0 ? start + " + " : "") + index.Address(_product.Rows), _schedule.RowWidth);
        Line(at, index.Address(_product.Columns), _product.Width);
        for (var r = 0; r < _names.Samples; r++)
        {
            var sums = Enumerable.Range(0, _product.Width).Select(v => Sum(r, v) + " = 0f");
            writer.Line($"float {string.Join(", ", sums)};");
        }
        int whole = _length / _atOnce, rest = _product.Depth % _atOnce;
        string turn = Scope.Fresh("r");
        if (rest == 0 && _product.Depth % _length == 0)
        {
            writer.Open(whole == 1 ? null : $"for (var {turn} = 0; {turn} < {Literals.Int(whole)}; {turn}++)");
            Terms(writer, row, at, _atOnce, _schedule.RowWidth);
            writer.Close();
            return;
        }
        // The last part is shorter, and may end within a step.
        var end = Literals.Int(_product.Depth);
        if (_parts > 1)
        {
            end = Scope.Fresh("k");
            writer.Line($"var {end} = IntrinsicMath.Min({k} + {Literals.Int(_length)}, {Literals.Int(_product.Depth)});");
        }
        writer.Line($"var {turn} = {k};");
        if (_product.Depth >= _atOnce)
        {
            writer.Open($"for (; {turn} + {Literals.Int(_atOnce - 1)} < {end}; {turn} += {Literals.Int(_atOnce)})");
            Terms(writer, row, at, _atOnce, _schedule.RowWidth);
            writer.Close();
        }
        if (rest == 0) return;
        if (_schedule.RowWidth > 1) writer.Line($"{row} *= {Literals.Int(_schedule.RowWidth)};");
        writer.Open($"for (; {turn} < {end}; {turn}++)");
        Terms(writer, row, at, 1, 1);
        writer.Close();

        void Line(string name, string address, int width)
        {
            if (width > 1) address = (address.Contains(" ") ? $"({address})" : address) + " >> 2";
            writer.Line($"var {name} = {address};");
        }
    }

    // Some terms of every sum, and the places of the next ones.
    private void Terms(CodeWriter writer, string row, string at, int count, int rowWidth)
    {
        int width = _product.Width, next = _product.Columns.Strides[K] / width, step = _product.Rows.Strides[K];
        var held = _names.Body.HeldOf(_product.Rows.Argument);
        var length = rowWidth == 4 ? ((_names.Samples - 1) * _line + count) / 4 : (_names.Samples - 1) * _line + (count - 1) * step + 1;
        string columns = Scope.Fresh("b"), rows = Scope.Fresh("a");
        var view = Scope.Arguments[_product.Columns.Argument] + (width == 4 ? ".Cast<Float4>()" : "");
        writer.Line($"var {columns} = {view}.SubView({at}, {Literals.Int((count - 1) * next + 1)});");
        writer.Line($"var {rows} = {(rowWidth == 4 ? StepNames.WideHeld(held) : StepNames.Held(held))}.SubView({row}, {Literals.Int(length)});");
        var factors = Enumerable.Range(0, count).Select(_ => Scope.Fresh("b")).ToList();
        for (var k = 0; k < count; k++) writer.Line($"var {factors[k]} = {columns}[{Literals.Int(k * next)}];");
        for (var r = 0; r < _names.Samples; r++)
        {
            var elements = new List<string>();
            if (rowWidth == 4)
            {
                for (var k = 0; k < count; k += 4)
                {
                    var name = Scope.Fresh("a");
                    writer.Line($"var {name} = {rows}[{Literals.Int((r * _line + k) / 4)}];");
                    elements.AddRange("XYZW".Select(c => name + "." + c));
                }
            }
            else
            {
                for (var k = 0; k < count; k++)
                {
                    elements.Add(Scope.Fresh("a"));
                    writer.Line($"var {elements[k]} = {rows}[{Literals.Int(r * _line + k * step)}];");
                }
            }
            for (var k = 0; k < count; k++)
            {
                var sums = Enumerable.Range(0, width).Select(v => $"{Sum(r, v)} += {elements[k]} * {factors[k]}{(width == 1 ? "" : "." + "XYZW"[v])};");
                writer.Line(string.Join(" ", sums));
            }
        }
        writer.Line($"{row} += {Literals.Int(count * step / rowWidth)};");
        writer.Line($"{at} += {Literals.Int(count * next)};");
    }

    private static string Sum(int row, int column) => "sum" + Literals.Int(row) + Literals.Int(column);
}
