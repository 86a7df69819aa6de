using System.Buffers.Binary;

namespace ModelGen;

/// <summary>The type of an array's elements, as NumPy writes it: byte order, kind and size.</summary>
/// <param name="Kind">f for floating point, i and u for whole numbers, b for booleans.</param>
/// <param name="Size">The bytes of an element.</param>
/// <param name="IsBigEndian">Whether the highest byte comes first.</param>
internal readonly record struct NumberType(char Kind, int Size, bool IsBigEndian)
{
    /// <summary>Reads a type such as <c>&lt;f4</c>; null if it is none that is read.</summary>
    public static NumberType? Parse(string text)
    {
        if (text.Length != 3 || text[0] is not ('<' or '>' or '|' or '=') || text[2] is < '1' or > '8')
            return null;
        var type = new NumberType(text[1], text[2] - '0', text[0] == '>');
        return (type.Kind, type.Size) is ('f', 2 or 4 or 8) or ('i' or 'u', 1 or 2 or 4 or 8) or ('b', 1) ? type : null;
    }

    /// <summary>Reads an element.</summary>
    public double Read(ReadOnlySpan<byte> bytes)
    {
        Span<byte> ordered = stackalloc byte[8];
        bytes.CopyTo(ordered);
        ordered = ordered[..Size];
        if (IsBigEndian)
            ordered.Reverse();
        return (Kind, Size) switch
        {
            ('f', 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(ordered),
            ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(ordered),
            ('f', _) => BinaryPrimitives.ReadDoubleLittleEndian(ordered),
            ('i', 1) => (sbyte)ordered[0],
            ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(ordered),
            ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(ordered),
            ('i', _) => BinaryPrimitives.ReadInt64LittleEndian(ordered),
            ('u', 2) => BinaryPrimitives.ReadUInt16LittleEndian(ordered),
            ('u', 4) => BinaryPrimitives.ReadUInt32LittleEndian(ordered),
            ('u', 8) => BinaryPrimitives.ReadUInt64LittleEndian(ordered),
            ('b', _) => ordered[0] == 0 ? 0 : 1,
            _ => ordered[0],
        };
    }

    /// <summary>As NumPy names it: <c>float32</c>.</summary>
    public override string ToString() => Kind switch
    {
        'f' => FormattableString.Invariant($"float{8 * Size}"),
        'i' => FormattableString.Invariant($"int{8 * Size}"),
        'u' => FormattableString.Invariant($"uint{8 * Size}"),
        _ => "bool",
    };
}
