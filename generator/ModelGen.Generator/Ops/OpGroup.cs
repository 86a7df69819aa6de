using System.Collections.Generic;

namespace ModelGen.Generator.Ops;

/// <summary>Ops that stand under one title in the operator table, and in one file of the runtime.</summary>
internal sealed class OpGroup
{
    public OpGroup(string title, string file, params Op[] ops) => (Title, File, Ops) = (title, file, ops);

    public string Title { get; }

    /// <summary>The part of <c>Nn</c> that has their methods: <c>Nn.Losses.cs</c> for "Losses".</summary>
    public string File { get; }

    public IReadOnlyList<Op> Ops { get; }
}
