using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>One element of a tensor seen as <see cref="Rows"/>, inside a formula.</summary>
internal sealed class RowPoint
{
    private readonly Node _x;
    private readonly IReadOnlyList<AffineIndex> _index;
    private readonly int[] _outside;

    public RowPoint(Node x, IReadOnlyList<AffineIndex> index, int[] outside) => (_x, _index, _outside) = (x, index, outside);

    /// <summary>The element.</summary>
    public Expr X => GraphBuilder.Load(_x, _index.ToArray());

    /// <summary>The first element of its row.</summary>
    public Expr First => GraphBuilder.Load(_x, _index.Select((i, a) => Array.IndexOf(_outside, a) >= 0 ? i : AffineIndex.Constant(i.Rank, 0)).ToArray());

    /// <summary>Its position along an axis.</summary>
    public AffineIndex this[int axis] => _index[axis];

    /// <summary>Its position along an axis, as a number.</summary>
    public Expr Position(int axis) => new Expr.IndexOf(_index[axis]);

    /// <summary>The element at the same place of a tensor of the same shape.</summary>
    public Expr Same(Node other) => GraphBuilder.Load(other, _index.ToArray());

    /// <summary>The number that belongs to the row.</summary>
    public Expr Row(Node statistic) => GraphBuilder.Load(statistic, _outside.Select(a => _index[a]).ToArray());

    /// <summary>The element less the greatest of its row, which is a constant to differentiation.</summary>
    public Expr Below(Node max) => X - Expr.StopGradient(Row(max));

    /// <summary>The element of a tensor that has only some of the axes, in this order.</summary>
    public Expr Along(Node other, params int[] axes) => GraphBuilder.Load(other, axes.Select(a => _index[a]).ToArray());
}
