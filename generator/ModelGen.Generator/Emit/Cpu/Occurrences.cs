using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using static ModelGen.Generator.Expressions.Expr;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>How often each part of some expressions occurs in them; what is inside of a part that occurs twice counts once.</summary>
internal sealed class Occurrences
{
    private readonly Dictionary<Expr, int> _counts = new();

    /// <param name="known">Parts that have a name already: neither they nor what is inside of them is counted.</param>
    public Occurrences(IEnumerable<Expr> roots, IReadOnlyDictionary<Expr, string>? known = null)
    {
        foreach (var root in roots) Count(root, known);
    }

    public bool IsShared(Expr e) => _counts.TryGetValue(e, out var count) && count > 1;

    /// <summary>The product in a sum that is one instruction with it, for it occurs nowhere else.</summary>
    public BinaryNode? Fused(Expr e) => e is BinaryNode { Kind: BinaryKind.Add } sum ? Product(sum.A) ?? Product(sum.B) : null;

    private BinaryNode? Product(Expr e) => e is BinaryNode { Kind: BinaryKind.Mul } product && !IsShared(product) ? product : null;

    private void Count(Expr e, IReadOnlyDictionary<Expr, string>? known)
    {
        if (known is not null && known.ContainsKey(e)) return;
        if (e is not (Const or Local or SizeOf or Compare or Valid or Both))
        {
            _counts[e] = _counts.TryGetValue(e, out var count) ? count + 1 : 1;
            if (count > 0) return;
        }
        foreach (var child in e.Children) Count(child, known);
    }
}
