using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelGen.Runtime;

// Written by CountsText in the tests.

/// <summary>Represents 1 row of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows1 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1; }
}

/// <summary>Represents 2 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows2 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2; }
}

/// <summary>Represents 3 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows3 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 3; }
}

/// <summary>Represents 4 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows4 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 4; }
}

/// <summary>Represents 5 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows5 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 5; }
}

/// <summary>Represents 6 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows6 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 6; }
}

/// <summary>Represents 7 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows7 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 7; }
}

/// <summary>Represents 8 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows8 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 8; }
}

/// <summary>Represents 9 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows9 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 9; }
}

/// <summary>Represents 10 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows10 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 10; }
}

/// <summary>Represents 11 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows11 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 11; }
}

/// <summary>Represents 12 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows12 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 12; }
}

/// <summary>Represents 13 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows13 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 13; }
}

/// <summary>Represents 14 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows14 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 14; }
}

/// <summary>Represents 15 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows15 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 15; }
}

/// <summary>Represents 16 rows of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows16 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 16; }
}

/// <summary>Represents 1 column of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns1 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1; }
}

/// <summary>Represents 2 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns2 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2; }
}

/// <summary>Represents 3 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns3 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 3; }
}

/// <summary>Represents 4 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns4 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 4; }
}

/// <summary>Represents 5 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns5 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 5; }
}

/// <summary>Represents 6 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns6 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 6; }
}

/// <summary>Represents 7 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns7 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 7; }
}

/// <summary>Represents 8 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns8 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 8; }
}

/// <summary>Represents 9 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns9 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 9; }
}

/// <summary>Represents 10 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns10 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 10; }
}

/// <summary>Represents 11 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns11 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 11; }
}

/// <summary>Represents 12 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns12 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 12; }
}

/// <summary>Represents 13 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns13 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 13; }
}

/// <summary>Represents 14 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns14 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 14; }
}

/// <summary>Represents 15 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns15 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 15; }
}

/// <summary>Represents 16 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns16 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 16; }
}

/// <summary>Represents 17 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns17 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 17; }
}

/// <summary>Represents 18 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns18 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 18; }
}

/// <summary>Represents 19 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns19 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 19; }
}

/// <summary>Represents 20 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns20 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 20; }
}

/// <summary>Represents 21 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns21 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 21; }
}

/// <summary>Represents 22 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns22 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 22; }
}

/// <summary>Represents 23 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns23 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 23; }
}

/// <summary>Represents 24 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns24 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 24; }
}

/// <summary>Represents 25 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns25 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 25; }
}

/// <summary>Represents 26 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns26 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 26; }
}

/// <summary>Represents 27 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns27 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 27; }
}

/// <summary>Represents 28 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns28 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 28; }
}

/// <summary>Represents 29 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns29 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 29; }
}

/// <summary>Represents 30 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns30 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 30; }
}

/// <summary>Represents 31 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns31 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 31; }
}

/// <summary>Represents 32 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns32 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 32; }
}

/// <summary>Represents 33 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns33 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 33; }
}

/// <summary>Represents 34 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns34 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 34; }
}

/// <summary>Represents 35 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns35 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 35; }
}

/// <summary>Represents 36 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns36 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 36; }
}

/// <summary>Represents 37 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns37 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 37; }
}

/// <summary>Represents 38 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns38 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 38; }
}

/// <summary>Represents 39 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns39 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 39; }
}

/// <summary>Represents 40 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns40 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 40; }
}

/// <summary>Represents 41 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns41 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 41; }
}

/// <summary>Represents 42 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns42 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 42; }
}

/// <summary>Represents 43 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns43 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 43; }
}

/// <summary>Represents 44 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns44 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 44; }
}

/// <summary>Represents 45 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns45 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 45; }
}

/// <summary>Represents 46 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns46 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 46; }
}

/// <summary>Represents 47 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns47 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 47; }
}

/// <summary>Represents 48 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns48 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 48; }
}

/// <summary>Represents 49 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns49 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 49; }
}

/// <summary>Represents 50 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns50 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 50; }
}

/// <summary>Represents 51 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns51 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 51; }
}

/// <summary>Represents 52 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns52 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 52; }
}

/// <summary>Represents 53 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns53 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 53; }
}

/// <summary>Represents 54 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns54 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 54; }
}

/// <summary>Represents 55 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns55 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 55; }
}

/// <summary>Represents 56 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns56 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 56; }
}

/// <summary>Represents 57 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns57 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 57; }
}

/// <summary>Represents 58 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns58 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 58; }
}

/// <summary>Represents 59 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns59 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 59; }
}

/// <summary>Represents 60 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns60 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 60; }
}

/// <summary>Represents 61 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns61 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 61; }
}

/// <summary>Represents 62 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns62 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 62; }
}

/// <summary>Represents 63 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns63 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 63; }
}

/// <summary>Represents 64 columns of a tile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Columns64 : ICount
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 64; }
}
