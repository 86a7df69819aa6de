using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints the points of a statement inside the loop over steps: those of all samples of the group are shared out to its threads.</summary>
/// <remarks>A thread takes several points at once: what they read from memory is loaded before anything is stored, so that it is under way together.</remarks>
internal sealed class StepPoints
{
    private readonly StepNames _names;
    private readonly StepStatement _statement;
    private readonly LoopMapping _mapping;
    private readonly int _parts, _points, _turns, _atOnce;

    // Names of what the turns have in common, by what they stand for, and the elements loaded among them.
    private readonly Dictionary<string, string> _known = new();
    private int _loads;
    private IReadOnlyList<Turn>? _turnsAhead;

    /// <param name="parts">The parts of a product's sums.</param>
    public StepPoints(StepNames names, StepStatement statement, int parts)
    {
        (_names, _statement, _parts) = (names, statement, parts);
        _mapping = StepLoopSchedule.Mapping(statement, names.Samples);
        _points = names.Samples * statement.Points;
        _turns = (_points + _mapping.Points - 1) / _mapping.Points;
        var size = statement.AtPoint.Sum(s => s.Stage.Stage.Expression.SelfAndDescendants().Count()) + parts;
        var most = _mapping.Parts > 1 || statement.AtPoint.Any(s => s.Stage.Inner.Count > 0) ? 1 : Math.Max(1, GpuTarget.Large.UnrolledOperations / size);
        most = Math.Min(most, GpuTarget.Large.UnrolledPoints);
        if (_turns > most && KeepsItsOwn) most = 1;
        _atOnce = _turns <= most ? _turns : new[] { 4, 2, 1 }.First(t => t <= most && _turns % t == 0);
    }

    private bool IsLoop => _atOnce < _turns;

    private GpuScope Scope => _names.Scope;

    /// <summary>Loads what the points read from memory, where that is little: it is under way while the sums of the product are computed.</summary>
    public void LoadAhead(CodeWriter writer)
    {
        if (IsLoop) return;
        var text = new CodeWriter();
        _turnsAhead = Turns(text);
        if (_loads <= GpuTarget.Large.LoadsInFlight)
        {
            writer.Lines(text.ToString().TrimEnd('\n'));
            return;
        }
        _turnsAhead = null;
        _known.Clear();
    }

    public void Write(CodeWriter writer)
    {
        if (IsLoop) writer.Open($"for (var turn = 0; turn < {Extent.Number(_turns / _atOnce)}; turn++)");
        else if (_mapping.Parts > 1) writer.Open();
        if (IsLoop && KeepsItsOwn) writer.Line("Group.Barrier();");
        // Where threads share a point all come by every barrier; else those past the end have nothing to do.
        bool IsBlock(Turn turn) => _mapping.Parts == 1 && turn.IsPoint.Length > 0;
        var turns = (_turnsAhead ?? Turns(writer)).OrderBy(t => !IsBlock(t)).ToList();
        // What a turn stores another may not have read yet: whole turns read first, and only the last, which comes before them now, may be a block.
        var lines = turns.Select(t => IsBlock(t) ? null : LoadHeld(writer, t)).ToList();
        for (var t = 0; t < turns.Count; t++)
        {
            var turn = turns[t];
            if (IsBlock(turn)) writer.Open($"if ({turn.IsPoint})");
            _names.Use(lines[t] ?? LoadHeld(writer, turn));
            if (_statement.Product is { } product) Scope.Locals[product.Local] = Sum(writer, turn.Point);
            var stages = new StepStages(Scope, _names.Body, _statement.AtPoint, _mapping, turn.Loaded, turn.IsSample);
            stages.Write(writer, turn.Variables, turn.IsPoint, isAgain: true);
            stages.StoreToMemory(writer);
            if (IsBlock(turn)) writer.Close();
        }
        if (IsLoop || _mapping.Parts > 1) writer.Close();
    }

    // Loads what the turn reads of held tensors, but for what it stores itself.
    private IReadOnlyDictionary<int, string> LoadHeld(CodeWriter writer, Turn turn)
    {
        var lines = _names.DeclareLines(writer, _statement, turn.Row);
        if (_mapping.Parts > 1) return lines;
        _names.Use(lines);
        var expression = new GpuExpression(Scope, writer, _statement.AtPoint.Select(s => s.Stage).ToList(), turn.Variables, turn.Loaded);
        foreach (var access in AtPoints().Where(a => _names.Body.HeldOf(a.Argument) >= 0 && !Stored.Contains(a.Argument)))
        {
            var name = Scope.Fresh("t");
            expression.Load(access, text =>
            {
                writer.Line($"var {name} = {text};");
                return name;
            });
        }
        return lines;
    }

    private IReadOnlyList<Turn> Turns(CodeWriter writer) => Enumerable.Range(0, _atOnce).Select(u => Begin(writer, u)).ToList();

    // The name of a value, declared where it has none; a name or number stands for itself.
    private string Named(CodeWriter writer, string prefix, string text)
    {
        if (text.All(c => char.IsLetterOrDigit(c) || c == '_')) return text;
        if (_known.TryGetValue(text, out var name)) return name;
        writer.Line($"var {name = Scope.Fresh(prefix)} = {text};");
        return _known[text] = name;
    }

    // The point of a turn, its sample and variables, and what of its elements can be loaded ahead.
    private Turn Begin(CodeWriter writer, int turn)
    {
        int points = _statement.Points, first = turn * _mapping.Points;
        var start = _mapping.Parts == 1 ? "thread" : GpuScope.Quotient("thread", _mapping.Parts);
        if (IsLoop) start += $" + turn * {Extent.Number(_mapping.Points * _atOnce)}";
        if (_mapping.Parts > 1) writer.Line($"var part = {GpuScope.Remainder("thread", _mapping.Parts)};");
        string point = start + Plus(first), row = "0", isPoint = "";
        if (IsLoop ? _points % _mapping.Points > 0 : first + _mapping.Points > _points)
        {
            // Those past the end load the last point's elements.
            point = Named(writer, "e", point);
            isPoint = Named(writer, "c", $"{point} < {Extent.Number(_points)}");
            point = $"IntrinsicMath.Min({point}, {Extent.Number(_points - 1)})";
        }
        var isEven = !IsLoop && isPoint.Length == 0;
        if (_statement.Product is not null || _names.Samples == 1 || !isEven) point = Named(writer, "e", point);
        var place = point;
        if (_names.Samples > 1)
        {
            // Samples that are whole turns of the group, or parts of one, have numbers that are known or the same for all turns.
            if (isEven && points % _mapping.Points == 0)
                (row, place) = (Extent.Number(first / points), Named(writer, "e", start + Plus(first % points)));
            else if (isEven && _mapping.Parts == 1 && _mapping.Points % points == 0)
            {
                row = Named(writer, "o", GpuScope.Quotient("thread", points) + Plus(first / points));
                place = Named(writer, "o", GpuScope.Remainder("thread", points));
            }
            else
            {
                point = Named(writer, "e", point);
                (row, place) = (Named(writer, "o", GpuScope.Quotient(point, points)), Named(writer, "o", GpuScope.Remainder(point, points)));
            }
        }
        string sample = StepNames.First, isSample = "";
        if (_names.Samples > 1)
        {
            var own = row == "0" ? sample : $"{sample} + {row}";
            if (_statement.AtPoint.Any(s => s.Stage.Store is not null)) isSample = Named(writer, "c", $"{own} < {_names.Count}");
            sample = Named(writer, "o", $"IntrinsicMath.Min({own}, {_names.Count} - 1)");
        }
        var others = Scope.Split(writer, place, _statement.OtherAxes, "o");
        var variables = new string[_statement.Outer.Count];
        (variables[0], variables[_statement.Sample]) = (Scope.Step, sample);
        for (var k = 0; k < others.Count; k++) variables[_statement.Others[k]] = others[k];
        var loaded = new Dictionary<Access, string>();
        var expression = new GpuExpression(Scope, writer, _statement.AtPoint.Select(s => s.Stage).ToList(), variables, loaded);
        var known = _known.Count;
        foreach (var access in LoadedAhead()) expression.Load(access, text => Named(writer, "t", text));
        _loads += _known.Count - known;
        return new(point, row, variables, isPoint, isSample, loaded);

        static string Plus(int number) => number == 0 ? "" : " + " + Extent.Number(number);
    }

    // What no step writes and no condition guards, positions first that others are found by.
    private IReadOnlyList<Access> LoadedAhead() => _mapping.Parts > 1 ? Array.Empty<Access>()
        : AtPoints().Where(a => _names.Body.HeldOf(a.Argument) < 0 && a.Guards.Count == 0).OrderBy(a => a.Special.Count > 0).ToList();

    // What is read once at a point.
    private IEnumerable<Access> AtPoints() => _statement.AtPoint.Where(s => s.Stage.Inner.Count == 0).SelectMany(s => s.Stage.Reads.Values).Distinct();

    // The numbers of the held tensors that the statement stores.
    private IReadOnlyCollection<int> Stored => _statement.AtPoint.Where(s => s.Held is not null).Select(s => s.Held!.Argument).ToList();

    // Whether it replaces what it reads of a held tensor: then a thread reads its own points, and no other does.
    private bool KeepsItsOwn => _statement.AtPoint.SelectMany(s => s.Stage.Reads.Values).Any(a => _names.Body.HeldOf(a.Argument) is >= 0 and var held
        && !_names.Body.Held[held].IsDouble && Stored.Any(stored => _names.Body.HeldOf(stored) == held));

    // The parts of a product's sum, in order.
    private string Sum(CodeWriter writer, string point)
    {
        var name = Scope.Fresh("v");
        if (_parts <= GpuTarget.Large.UnrolledParts)
        {
            var parts = Enumerable.Range(0, _parts).Select(p => $"{StepNames.Sums}[{point}{(p == 0 ? "" : " + " + Extent.Number(p * _points))}]");
            writer.Line($"var {name} = {string.Join(" + ", parts)};");
            return name;
        }
        var part = Scope.Fresh("p");
        writer.Line($"var {name} = {StepNames.Sums}[{point}];");
        writer.Open($"for (var {part} = 1; {part} < {Extent.Number(_parts)}; {part}++)");
        writer.Line($"{name} += {StepNames.Sums}[{point} + {part} * {Extent.Number(_points)}];");
        writer.Close();
        return name;
    }

    private sealed record Turn(string Point, string Row, IReadOnlyList<string> Variables, string IsPoint, string IsSample, Dictionary<Access, string> Loaded);
}
