using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>One factor of a contraction, as rows of elements along k.</summary>
/// <param name="Variables">The outer variables that number its rows.</param>
/// <param name="Extent">The number of rows.</param>
/// <param name="Tile">Rows of a tile.</param>
/// <param name="RowsFast">True where neighbouring threads load neighbouring rows, false where they load neighbouring k.</param>
internal sealed record ContractionOperand(Access Access, Expr.Load Load, IReadOnlyList<int> Variables, Extent Extent, int Tile, bool RowsFast)
{
    /// <summary>True where the address is linear and every read lies inside.</summary>
    public bool IsPlain => Access.Guards.Count == 0 && Access.Special.Count == 0;
}
