using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Cpu;

/// <content>What follows the sums of a tile.</content>
internal sealed partial class ContractionEmitter
{
    private void Epilogue(Scope scope, int rows, int columns, int vectors)
    {
        var dots = _plan.Form == ContractionForm.Dots;
        var isa = dots ? Isa.Scalar : _isa;
        var outer = Enumerable.Range(0, _plan.Loop.Outer.Count).ToList();
        var pointers = new Dictionary<Access, string>();
        foreach (var access in _plan.Loop.Stages.Skip(1).SelectMany(s => s.Accesses).Distinct())
        {
            var linear = scope.Linear(access, outer);
            var name = "p" + Text(pointers.Count);
            pointers[access] = name;
            _writer.Line($"{(scope.IsInteger(access.Argument) ? "int" : "float")}* {name} = {_entry.Arguments[access.Argument]}{(linear.Length == 0 ? "" : " + (" + linear + ")")};");
        }
        var local = ((ReduceStage)_plan.Loop.Stages[0].Stage).Local;
        if (!isa.IsScalar && rows * vectors > MostInline && IsCostly)
        {
            CostlyEpilogue(scope, pointers, local, rows, columns, vectors);
            return;
        }
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < vectors; j++)
            {
                var lanes = dots ? 1 : Math.Min(_isa.Width, columns - j * _isa.Width);
                Element(scope, isa, pointers, local, Text(i), Text(dots ? j : j * _isa.Width), lanes, (dots && !_isa.IsScalar ? "d" : "c") + Text(i) + "_" + Text(j));
            }
    }

    // Functions of many instructions: written out for each register of a tile they would make a method too large to be optimised well.
    private bool IsCostly => _plan.Loop.Stages.Skip(1).Any(s => s.Stage.Expression.SelfAndDescendants().Any(e => e
        is Expr.UnaryNode { Kind: UnaryKind.Exp or UnaryKind.Log or UnaryKind.Tanh or UnaryKind.Sigmoid or UnaryKind.Erf or UnaryKind.Sin or UnaryKind.Cos } or Expr.BinaryNode { Kind: BinaryKind.Pow }));

    // The sums go through memory, and the epilogue is a loop over them.
    private void CostlyEpilogue(Scope scope, Dictionary<Access, string> pointers, int local, int rows, int columns, int vectors)
    {
        var row = Text(vectors * _isa.Width);
        _writer.Line($"float* sums = stackalloc float[{Text(rows * vectors * _isa.Width)}];");
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < vectors; j++) _writer.Line(_isa.Store("sums", Text((i * vectors + j) * _isa.Width), $"c{Text(i)}_{Text(j)}"));
        _writer.Block($"for (int row = 0; row < {Text(rows)}; row++)", () =>
        {
            var whole = columns / _isa.Width * _isa.Width;
            if (whole > 0) _writer.Block($"for (int column = 0; column < {Text(whole)}; column += {Text(_isa.Width)})", () =>
            {
                _writer.Line($"var c = {_isa.Load("sums", $"row * {row} + column")};");
                Element(scope, _isa, pointers, local, "row", "column", _isa.Width, "c");
            });
            if (whole == columns) return;
            _writer.Open();
            _writer.Line($"var c = {_isa.Load("sums", $"row * {row} + {Text(whole)}")};");
            Element(scope, _isa, pointers, local, "row", Text(whole), columns - whole, "c");
            _writer.Close();
        });
    }

    private void Element(Scope tile, Isa isa, Dictionary<Access, string> pointers, int local, string row, string column, int lanes, string sum)
    {
        var corner = VariableNames();
        var offsets = corner.Select((_, j) => j == _plan.MVariable ? row : j == _plan.NVariable ? column : "0").ToArray();
        var positions = corner.Select((name, j) => j == _plan.MVariable && row != "0" ? $"({name} + {row})" : j == _plan.NVariable && column != "0" ? $"({name} + {column})" : name).ToArray();
        var scope = new Scope(offsets, _entry.Arguments, tile.IsInteger) { Positions = positions };
        foreach (var p in pointers) scope.Fold(p.Key, p.Value, _plan.LoopVariables);
        scope.Locals[local] = sum;
        var number = 0;
        foreach (var stage in _plan.Loop.Stages.Skip(1))
        {
            var prefix = $"t{sum.Substring(1)}_{Text(number++)}_";
            var value = new ExpressionWriter(isa, scope, stage, isa.IsScalar ? -1 : _plan.NVariable, _writer, prefix).Write(stage.Stage.Expression);
            if (stage.Stage is LetStage let)
            {
                var name = "v" + prefix.Substring(1).TrimEnd('_');
                _writer.Line($"var {name} = {value};");
                scope.Locals[let.Local] = name;
                continue;
            }
            var (pointer, index) = scope.Address(stage.Store!);
            _writer.Line(isa.IsScalar || lanes == isa.Width ? isa.Store(pointer, index, value) : $"Simd.StorePartial({value}, {pointer}{(index.Length == 0 ? "" : " + " + index)}, {Text(lanes)});");
        }
    }
}
