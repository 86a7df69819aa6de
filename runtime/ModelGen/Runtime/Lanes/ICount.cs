using System.ComponentModel;

namespace ModelGen.Runtime;

/// <summary>
/// Represents a number that is a type, and with that a constant to the JIT: the rows or columns of a tile, so that one text of a micro-kernel serves the
/// whole tile and its remainders, each of which is compiled without what it lacks.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICount
{
    /// <summary>Gets the number.</summary>
    static abstract int Count { get; }
}
