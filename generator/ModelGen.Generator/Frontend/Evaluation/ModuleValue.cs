using System.Collections.Generic;
using ModelGen.Generator.Frontend.Ir;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>An instance of a module, or the model.</summary>
internal sealed class ModuleValue : IPathHolder
{
    public ModuleValue(ModuleIr ir) => Ir = ir;

    public ModuleIr Ir { get; }

    public string? Path { get; set; }

    public Dictionary<string, object?> Constructor { get; } = new();

    /// <summary>By name; <see cref="ModuleIr.Fields"/> has the order.</summary>
    public Dictionary<string, object?> Fields { get; } = new();
}
