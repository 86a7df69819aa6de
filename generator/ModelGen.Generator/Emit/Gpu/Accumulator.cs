using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints the running value of one reduction: its start, a further term, and how the parts of several threads become one.</summary>
internal sealed class Accumulator
{
    private readonly string _index;
    private readonly GpuScope _scope;
    private readonly string _total = "", _rest = "";
    private string _value;

    private Accumulator(ReduceStage stage, GpuScope scope, bool isCut)
    {
        (Stage, _scope) = (stage, scope);
        _value = scope.Fresh("v");
        _index = HasIndex ? scope.Fresh("p") : "";
        if (isCut && IsSum) (_total, _rest) = (scope.Fresh("v"), scope.Fresh("v"));
    }

    public ReduceStage Stage { get; }

    /// <summary>True for a position: the first among equals, however the work is shared out.</summary>
    public bool HasIndex => Monoid.Of(Stage.Combine).KeepsPosition;

    private bool IsSum => Monoid.Of(Stage.Combine).IsSum;

    private bool IsCut => _total.Length > 0;

    /// <param name="isCut">Whether a sum is one of sums of blocks (see <see cref="SumBlocks"/>), for whose terms <see cref="Block"/> has to be called.</param>
    public static Accumulator Of(ReduceStage stage, GpuScope scope, bool isCut) => new(stage, scope, isCut);

    public void Start(CodeWriter writer)
    {
        if (IsCut)
        {
            writer.Line($"var {_total} = 0f;");
            writer.Line($"var {_rest} = 0f;");
            return;
        }
        writer.Line($"var {_value} = {(IsSum ? "0f" : "float.NegativeInfinity")};");
        if (HasIndex) writer.Line($"var {_index} = {(IsSum ? "0" : "int.MaxValue")};");
    }

    public void Add(CodeWriter writer, string term, string position)
    {
        if (IsSum) writer.Line($"{_value} += {Bare(term)};");
        else if (!HasIndex) writer.Line($"{_value} = KernelMath.Max({_value}, {term});");
        else
        {
            string x = _scope.Fresh("t"), first = _scope.Fresh("c");
            writer.Line($"var {x} = {term};");
            // Positions come in order, so the first of equals stands; the start's position gives way to any.
            writer.Line($"var {first} = ({x} > {_value}) | ({_index} == int.MaxValue);");
            writer.Line($"{_value} = Utilities.Select({first}, {x}, {_value});");
            writer.Line($"{_index} = Utilities.Select({first}, {position}, {_index});");
        }
    }

    /// <summary>The terms of a block, and what becomes of them: the sum, and what adding to it rounds away (Knuth's two-sum).</summary>
    public static void Block(CodeWriter writer, IReadOnlyList<Accumulator> accumulators, Action terms)
    {
        var cut = accumulators.Where(a => a.IsCut).ToList();
        foreach (var a in cut) writer.Line($"var {a._value} = 0f;");
        terms();
        foreach (var a in cut)
        {
            string next = a._scope.Fresh("t"), added = a._scope.Fresh("t");
            writer.Line($"var {next} = {a._total} + {a._value};");
            writer.Line($"var {added} = {next} - {a._total};");
            writer.Line($"{a._rest} += ({a._total} - ({next} - {added})) + ({a._value} - {added});");
            writer.Line($"{a._total} = {next};");
        }
    }

    /// <summary>After the last term of the thread.</summary>
    public void End(CodeWriter writer)
    {
        if (!IsCut) return;
        _value = _scope.Fresh("v");
        writer.Line($"var {_value} = KernelMath.Total({_total}, {_rest});");
    }

    /// <summary>Shows the thread's part to the others.</summary>
    public void Publish(CodeWriter writer, string values, string indices)
    {
        writer.Line($"{values}[thread] = {_value};");
        if (HasIndex) writer.Line($"{indices}[thread] = {_index};");
    }

    /// <summary>Takes in the part of another thread.</summary>
    public void Merge(CodeWriter writer, string values, string indices, string other)
    {
        if (IsSum) writer.Line($"{values}[thread] += {values}[{other}];");
        else if (!HasIndex) writer.Line($"{values}[thread] = KernelMath.Max({values}[thread], {values}[{other}]);");
        else
        {
            string x = _scope.Fresh("t"), i = _scope.Fresh("t"), first = _scope.Fresh("c");
            writer.Line($"var {x} = {values}[{other}];");
            writer.Line($"var {i} = {indices}[{other}];");
            writer.Line($"var {first} = ({x} > {values}[thread]) | (({x} == {values}[thread]) & ({i} < {indices}[thread]));");
            writer.Line($"{values}[thread] = Utilities.Select({first}, {x}, {values}[thread]);");
            writer.Line($"{indices}[thread] = Utilities.Select({first}, {i}, {indices}[thread]);");
        }
    }

    public void Collect(CodeWriter writer, string values, string indices, string place)
    {
        writer.Line($"{_value} = {values}[{place}];");
        if (HasIndex) writer.Line($"{_index} = {indices}[{place}];");
    }

    public void Finish(CodeWriter writer)
    {
        if (!HasIndex)
        {
            _scope.Locals[Stage.Local] = _value;
            return;
        }
        var name = _scope.Locals[Stage.Local] = _scope.Fresh("v");
        writer.Line($"var {name} = (float){_index};");
    }

    // "(a * b)" as a whole statement needs no parentheses.
    private static string Bare(string term)
    {
        if (term.Length < 2 || term[0] != '(' || term[term.Length - 1] != ')') return term;
        var depth = 0;
        for (var k = 0; k < term.Length - 1; k++)
        {
            depth += term[k] == '(' ? 1 : term[k] == ')' ? -1 : 0;
            if (depth == 0) return term;
        }
        return term.Substring(1, term.Length - 2);
    }
}
