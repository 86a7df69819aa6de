using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints the stages of a point inside the loop over steps: what the steps read goes to the shared memory of the group, what is read behind the
/// loop to memory.</summary>
internal sealed class StepStages : PointStages
{
    private readonly IReadOnlyDictionary<LoopStage, Access> _held;
    private readonly IDictionary<Access, string> _loaded;
    private readonly string _isSample;

    // Stores to memory wait for the end of the point where its values have names that hold until then.
    private readonly bool _storesAtOnce;
    private readonly List<string> _stores = new();

    /// <param name="loaded">Names of elements that were loaded ahead.</param>
    /// <param name="isSample">The condition of a store to memory; empty where there is none.</param>
    public StepStages(GpuScope scope, StepStatementSchedule schedule, IDictionary<Access, string> loaded, string isSample) : base(scope, schedule.Points)
    {
        var stages = schedule.Statement.AtPoint;
        _held = stages.Where(s => s.Held is not null).ToDictionary(s => s.Stage, s => s.Held!);
        (_loaded, _isSample) = (loaded, isSample);
        _storesAtOnce = !schedule.Mapping.IsShared && stages.All(s => s.Stage.Inner.Count == 0);
    }

    protected override GpuExpression Expression(CodeWriter writer, IReadOnlyList<LoopStage> stages, IReadOnlyList<string> variables) =>
        new(Scope, writer, stages, variables, _loaded);

    /// <summary>Writes the stores to memory, all under one condition.</summary>
    public void StoreToMemory(CodeWriter writer)
    {
        if (_stores.Count == 0) return;
        if (_isSample.Length > 0) writer.Open($"if ({_isSample})");
        foreach (var store in _stores) writer.Line(store);
        if (_isSample.Length > 0) writer.Close();
    }

    protected override void StoreAt(CodeWriter writer, LoopStage stage, StoreStage store, IReadOnlyList<string> variables)
    {
        var expression = Expression(writer, new[] { stage }, variables);
        var value = expression.Write(store.Value);
        if (stage.Store is not null && store.Value is not Expr.Local)
        {
            var name = Scope.Fresh("v");
            writer.Line($"var {name} = {value};");
            value = name;
        }
        if (_held.TryGetValue(stage, out var held)) writer.Line($"{Scope.Arguments[held.Argument]}[{expression.Address(held)}] = {value};");
        if (stage.Store is not { } inMemory) return;
        var text = $"{Scope.Arguments[inMemory.Argument]}[{expression.Address(inMemory)}] = {value};";
        if (_storesAtOnce) _stores.Add(text);
        else writer.Line((_isSample.Length > 0 ? $"if ({_isSample}) " : "") + text);
    }
}
