using System.Collections.Generic;

namespace ModelGen.Generator.Ops;

/// <summary>Ops that stand under one title in the operator table.</summary>
internal sealed class OpGroup
{
    public OpGroup(string title, params Op[] ops) => (Title, Ops) = (title, ops);

    public string Title { get; }

    public IReadOnlyList<Op> Ops { get; }
}
