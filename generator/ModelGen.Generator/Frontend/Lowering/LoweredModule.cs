using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using ModelGen.Generator.Frontend.Ir;

namespace ModelGen.Generator.Frontend.Lowering;

/// <summary>A module's IR and, beside it, where its nodes stand.</summary>
internal sealed class LoweredModule
{
    private readonly IReadOnlyList<SyntaxNodeOrToken> _positions;

    public LoweredModule(ModuleIr ir, IReadOnlyList<SyntaxNodeOrToken> positions) => (Ir, _positions) = (ir, positions);

    public ModuleIr Ir { get; }

    /// <summary>The place of a node in the source; null for one without.</summary>
    public Location? this[int ordinal] => ordinal >= 0 && ordinal < _positions.Count ? _positions[ordinal].GetLocation() : null;
}
