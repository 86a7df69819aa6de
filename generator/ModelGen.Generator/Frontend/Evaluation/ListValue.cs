using System.Collections.Generic;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>A <c>List&lt;T&gt;</c> of a declaration: the one collection that grows.</summary>
internal sealed class ListValue
{
    public ListValue(IEnumerable<object?> items) => Items = new(items);

    public List<object?> Items { get; }
}
