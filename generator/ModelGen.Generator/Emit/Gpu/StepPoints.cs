using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints the points of a statement inside the loop over steps: those of all samples of the group are shared out to its threads.</summary>
/// <remarks>A thread takes several points at once: what they read from memory is loaded before anything is stored, so that it is under way together.</remarks>
internal sealed class StepPoints
{
    private readonly StepNames _names;
    private readonly StepStatementSchedule _schedule;
    private readonly StepStatement _statement;
    private readonly LoopMapping _mapping;

    // Names of what the turns have in common, by what they stand for.
    private readonly Dictionary<string, string> _known = new();
    private IReadOnlyList<Turn>? _turnsAhead;

    public StepPoints(StepNames names, StepStatementSchedule schedule) =>
        (_names, _schedule, _statement, _mapping) = (names, schedule, schedule.Statement, schedule.Mapping);

    private bool IsLoop => _schedule.IsLoop;

    private int Parts => _schedule.Sums?.Parts ?? 1;

    private GpuScope Scope => _names.Scope;

    /// <summary>Loads what the points read from memory, where that is little: it is under way while the sums of the product are computed.</summary>
    public void LoadAhead(CodeWriter writer)
    {
        if (IsLoop) return;
        // Turns have their names here, whether they are loaded ahead or not: those behind them stay the same.
        var text = new CodeWriter();
        var turns = Turns(text);
        if (_schedule.LoadsAhead)
        {
            writer.Lines(text.ToString().TrimEnd('\n'));
            _turnsAhead = turns;
            return;
        }
        _known.Clear();
    }

    public void Write(CodeWriter writer)
    {
        if (IsLoop) writer.Open($"for (var turn = 0; turn < {Literals.Int(_schedule.Repetitions)}; turn++)");
        else if (_mapping.IsShared) writer.Open();
        if (IsLoop && _schedule.KeepsItsOwn) writer.Line("Group.Barrier();");
        // Where threads share a point all come by every barrier; else those past the end have nothing to do.
        bool IsBlock(Turn turn) => !_mapping.IsShared && turn.IsPoint.Length > 0;
        var turns = (_turnsAhead ?? Turns(writer)).OrderBy(t => !IsBlock(t)).ToList();
        // What a turn stores another may not have read yet: whole turns read first, and only the last, which comes before them now, may be a block.
        var lines = turns.Select(t => IsBlock(t) ? null : LoadHeld(writer, t)).ToList();
        for (var t = 0; t < turns.Count; t++)
        {
            var turn = turns[t];
            if (IsBlock(turn)) writer.Open($"if ({turn.IsPoint})");
            _names.Use(lines[t] ?? LoadHeld(writer, turn));
            if (_statement.Product is { } product) Scope.Locals[product.Local] = Sum(writer, turn.Point);
            var stages = new StepStages(Scope, _schedule, turn.Loaded, turn.IsSample);
            stages.Write(writer, turn.Variables, turn.IsPoint, isAgain: true);
            stages.StoreToMemory(writer);
            if (IsBlock(turn)) writer.Close();
        }
        if (IsLoop || _mapping.IsShared) writer.Close();
    }

    // Loads what the turn reads of held tensors, but for what it stores itself.
    private IReadOnlyDictionary<int, string> LoadHeld(CodeWriter writer, Turn turn)
    {
        var lines = _names.DeclareLines(writer, _statement, turn.Row);
        if (_mapping.IsShared) return lines;
        _names.Use(lines);
        var expression = new GpuExpression(Scope, writer, _statement.AtPoint.Select(s => s.Stage).ToList(), turn.Variables, turn.Loaded);
        foreach (var access in StepStatementSchedule.AtPoints(_statement).Where(a => _names.Body.HeldOf(a.Argument) >= 0 && !Stored.Contains(a.Argument)))
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

    private IReadOnlyList<Turn> Turns(CodeWriter writer) => _schedule.Turns.Select(turn => Begin(writer, turn)).ToList();

    // The name of a value, declared where it has none; a name or number stands for itself.
    private string Named(CodeWriter writer, string prefix, string text)
    {
        if (text.All(c => char.IsLetterOrDigit(c) || c == '_')) return text;
        if (_known.TryGetValue(text, out var name)) return name;
        writer.Line($"var {name = Scope.Fresh(prefix)} = {text};");
        return _known[text] = name;
    }

    // The point of a turn, its sample and variables, and what of its elements can be loaded ahead.
    private Turn Begin(CodeWriter writer, StepTurn turn)
    {
        int points = _statement.Points, first = turn.First;
        var start = !_mapping.IsShared ? "thread" : GpuScope.Quotient("thread", _mapping.Parts);
        if (IsLoop) start += $" + turn * {Literals.Int(_mapping.Points * _schedule.Turns.Count)}";
        if (_mapping.IsShared) writer.Line($"var part = {GpuScope.Remainder("thread", _mapping.Parts)};");
        string point = start + Plus(first), row = "0", isPoint = "";
        if (turn.HasEnd)
        {
            // Those past the end load the last point's elements.
            point = Named(writer, "e", point);
            isPoint = Named(writer, "c", $"{point} < {Literals.Int(_schedule.Count)}");
            point = $"IntrinsicMath.Min({point}, {Literals.Int(_schedule.Count - 1)})";
        }
        if (_statement.Product is not null || turn.Form is StepTurnForm.Alone or StepTurnForm.Across) point = Named(writer, "e", point);
        var place = point;
        // Samples that are whole turns of the group, or parts of one, have numbers that are known or the same for all turns.
        switch (turn.Form)
        {
            case StepTurnForm.OneSample:
                (row, place) = (Literals.Int(first / points), Named(writer, "e", start + Plus(first % points)));
                break;
            case StepTurnForm.WholeSamples:
                row = Named(writer, "o", GpuScope.Quotient("thread", points) + Plus(first / points));
                place = Named(writer, "o", GpuScope.Remainder("thread", points));
                break;
            case StepTurnForm.Across:
                (row, place) = (Named(writer, "o", GpuScope.Quotient(point, points)), Named(writer, "o", GpuScope.Remainder(point, points)));
                break;
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
        foreach (var access in StepStatementSchedule.LoadedAhead(_names.Body, _statement, _mapping))
            expression.Load(access, text => Named(writer, "t", text));
        return new(point, row, variables, isPoint, isSample, loaded);

        static string Plus(int number) => number == 0 ? "" : " + " + Literals.Int(number);
    }

    // The numbers of the held tensors that the statement stores.
    private IReadOnlyCollection<int> Stored => _statement.AtPoint.Where(s => s.Held is not null).Select(s => s.Held!.Argument).ToList();

    // The parts of a product's sum, in order.
    private string Sum(CodeWriter writer, string point)
    {
        var name = Scope.Fresh("v");
        if (_schedule.Sums!.UnrollsParts)
        {
            var parts = Enumerable.Range(0, Parts).Select(p => $"{StepNames.Sums}[{point}{(p == 0 ? "" : " + " + Literals.Int(p * _schedule.Count))}]");
            writer.Line($"var {name} = {string.Join(" + ", parts)};");
            return name;
        }
        var part = Scope.Fresh("p");
        writer.Line($"var {name} = {StepNames.Sums}[{point}];");
        writer.Open($"for (var {part} = 1; {part} < {Literals.Int(Parts)}; {part}++)");
        writer.Line($"{name} += {StepNames.Sums}[{point} + {part} * {Literals.Int(_schedule.Count)}];");
        writer.Close();
        return name;
    }

    private sealed record Turn(string Point, string Row, IReadOnlyList<string> Variables, string IsPoint, string IsSample, Dictionary<Access, string> Loaded);
}
