using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>A row-major position that goes on by the same amount each turn of a loop, as one variable for each axis. Carries are compared, not divided:
/// a division in a loop costs a device some twenty instructions.</summary>
internal sealed class PositionWalk
{
    private readonly GpuScope _scope;
    private readonly IReadOnlyList<Axis> _axes;

    // What each variable grows by in a turn; a number, or a variable where an axis below is the batch.
    private readonly string[] _growth;

    private PositionWalk(GpuScope scope, IReadOnlyList<Axis> axes, IReadOnlyList<string> variables, string[] growth) =>
        (_scope, _axes, Variables, _growth) = (scope, axes, variables, growth);

    /// <summary>The variable of each axis.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Declares the variables.</summary>
    /// <param name="position">Where the walk begins.</param>
    /// <param name="axes">The axes; the first has no end.</param>
    /// <param name="step">What a turn adds to the position.</param>
    /// <param name="prefix">Of the variables' names.</param>
    public static PositionWalk Start(CodeWriter writer, GpuScope scope, string position, IReadOnlyList<Axis> axes, long step, string prefix)
    {
        if (axes.Count > 1 && position.Contains(" "))
        {
            var name = scope.Fresh(prefix);
            writer.Line($"var {name} = {position};");
            position = name;
        }
        IReadOnlyList<string> variables;
        if (axes.Count == 1 || position == "0")
        {
            variables = axes.Select(_ => scope.Fresh(prefix)).ToList();
            foreach (var variable in variables) writer.Line($"var {variable} = {position};");
        }
        else
        {
            variables = scope.Split(writer, position, axes, prefix);
        }
        var growth = new string[axes.Count];
        var amount = Literals.Int(step);
        for (var k = axes.Count - 1; k > 0; k--)
        {
            if (long.TryParse(amount, out var number) && (number == 0 || !axes[k].PerSample))
            {
                growth[k] = Literals.Int(number % axes[k].Factor);
                amount = Literals.Int(number / axes[k].Factor);
                continue;
            }
            growth[k] = scope.Fresh(prefix);
            writer.Line($"var {growth[k]} = {amount} % {scope.Size(axes[k])};");
            var over = scope.Fresh(prefix);
            writer.Line($"var {over} = {amount} / {scope.Size(axes[k])};");
            amount = over;
        }
        if (axes.Count > 0) growth[0] = amount;
        return new(scope, axes, variables, growth);
    }

    /// <summary>Moves the variables on by a turn.</summary>
    public void Advance(CodeWriter writer)
    {
        var carry = "";
        for (var k = _axes.Count - 1; k >= 0; k--)
        {
            var terms = new[] { _growth[k] == "0" ? "" : _growth[k], carry.Length == 0 ? "" : $"Utilities.Select({carry}, 1, 0)" }
                .Where(t => t.Length > 0).ToList();
            carry = "";
            if (terms.Count == 0) continue;
            writer.Line($"{Variables[k]} += {string.Join(" + ", terms)};");
            if (k == 0) continue;
            carry = _scope.Fresh("c");
            writer.Line($"var {carry} = {Variables[k]} >= {_scope.Size(_axes[k])};");
            writer.Line($"{Variables[k]} -= Utilities.Select({carry}, {_scope.Size(_axes[k])}, 0);");
        }
    }
}
