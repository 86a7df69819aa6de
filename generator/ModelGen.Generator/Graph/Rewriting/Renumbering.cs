using System;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Graphs.Rewriting;

/// <summary>Nodes and expressions as they read the nodes of another graph.</summary>
internal static class Renumbering
{
    /// <summary>A node of a number of its own, which is noted, that reads the nodes of other numbers. One of which all stays as it is is the same
    /// object.</summary>
    public static Node Of(Node node, int[] number, int own)
    {
        number[node.Id] = own;
        return Of(node, number);
    }

    /// <summary>A node that has and reads the nodes of other numbers.</summary>
    public static Node Of(Node node, int[] number) => Moved(node, number).Differentiating(n => number[n]);

    private static Node Moved(Node node, int[] number) => node switch
    {
        ComputeNode c => Of(c.Body, n => number[n]) is var body && number[c.Id] == c.Id
            && ReferenceEquals(body, c.Body) ? c : c with { Id = number[c.Id], Body = body },
        ReshapeNode r => number[r.Id] == r.Id && number[r.Source] == r.Source ? r : r with { Id = number[r.Id], Source = number[r.Source] },
        JoinNode j => j with { Id = number[j.Id], Parts = j.Parts.Select(p => number[p]).ToEquatableArray() },
        PreviousNode p => p with { Id = number[p.Id], Source = number[p.Source], Initial = p.Initial < 0 ? -1 : number[p.Initial] },
        _ => number[node.Id] == node.Id ? node : node with { Id = number[node.Id] },
    };

    /// <summary>An expression whose loads read the nodes of other numbers.</summary>
    /// <param name="instead">Replaces whole parts: what it returns is not looked at again.</param>
    public static Expr Of(Expr body, Func<int, int> number, Func<Expr, Expr?>? instead = null)
    {
        if (instead is null && body.IsSettled && IsSame(body, number)) return body;
        Expr.Load Of(Expr.Load l) => l with
        {
            Node = number(l.Node),
            Index = l.Index.All(i => i.Lookup is null) ? l.Index : l.Index.Select(i => Index(i)).ToEquatableArray(),
        };
        AffineIndex Index(AffineIndex i) => i.Lookup is null ? i : i with { Lookup = Of(i.Lookup) };
        return body.Replace(e => instead?.Invoke(e) ?? e switch
        {
            Expr.Load l => Of(l),
            Expr.Valid v => new Expr.Valid(Of(v.Of)),
            Expr.IndexOf { Index.Lookup: not null } i => new Expr.IndexOf(Index(i.Index)),
            _ => null,
        });
    }

    private static bool IsSame(Expr body, Func<int, int> number)
    {
        foreach (var read in body.Reads)
            if (number(read) != read) return false;
        return true;
    }
}
