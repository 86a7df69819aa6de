using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Ir;

/// <summary>An expression, pattern or statement of a declaration. One type for all of them: equality, serialisation and walks are then one method
/// each.</summary>
/// <param name="Kind">What the children and the text mean.</param>
/// <param name="Ordinal">The number of this node in its module, in the order of lowering. It is the same for the same code wherever that
/// stands, so it does not disturb equality; a table beside the IR takes it to a position. -1 where there is no source.</param>
internal sealed record IrNode(IrKind Kind, string Text, EquatableArray<IrNode> Children, int Ordinal = -1)
{
    public IrNode this[int child] => Children[child];
}
