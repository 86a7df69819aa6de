using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ModelGen.Runtime;

/// <summary>
/// Provides the operations on a row of a micro-kernel's tile: up to four vectors. C says how many columns the row has; the JIT leaves out the vectors that
/// it has not, so that one text serves tiles of every width.
/// </summary>
/// <typeparam name="L">The operations on vectors.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[DebuggerStepThrough]
public static unsafe class Row<L, V> where L : ILanes<V> where V : unmanaged
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Returns the columns, rounded up to 16: the floats from a row of a panel to the next.</summary>
    [MethodImpl(Inline)]
    public static int PanelWidth<C>() where C : ICount => (C.Count + 15) & ~15;

    /// <summary>Loads a vector of a row as a whole, also the last one; a vector that the row has not is 0.</summary>
    /// <param name="p">The first column.</param>
    /// <param name="index">Which of the row's vectors, from 0.</param>
    [MethodImpl(Inline)]
    public static V Load<C>(float* p, int index) where C : ICount => Has<C>(index) ? L.Load(p + (index * L.Count)) : L.Zero;

    /// <summary>Adds an element of A times a row of B to a row of sums.</summary>
    [MethodImpl(Inline)]
    public static void MultiplyAdd<C>(float a, V b0, ref V c0) where C : ICount => c0 = L.MultiplyAdd(L.All(a), b0, c0);

    /// <inheritdoc cref="MultiplyAdd{C}(float, V, ref V)"/>
    [MethodImpl(Inline)]
    public static void MultiplyAdd<C>(float a, V b0, V b1, ref V c0, ref V c1) where C : ICount
    {
        var all = L.All(a);
        c0 = L.MultiplyAdd(all, b0, c0);
        if (Has<C>(1)) c1 = L.MultiplyAdd(all, b1, c1);
    }

    /// <inheritdoc cref="MultiplyAdd{C}(float, V, ref V)"/>
    [MethodImpl(Inline)]
    public static void MultiplyAdd<C>(float a, V b0, V b1, V b2, ref V c0, ref V c1, ref V c2) where C : ICount
    {
        var all = L.All(a);
        c0 = L.MultiplyAdd(all, b0, c0);
        if (Has<C>(1)) c1 = L.MultiplyAdd(all, b1, c1);
        if (Has<C>(2)) c2 = L.MultiplyAdd(all, b2, c2);
    }

    /// <inheritdoc cref="MultiplyAdd{C}(float, V, ref V)"/>
    [MethodImpl(Inline)]
    public static void MultiplyAdd<C>(float a, V b0, V b1, V b2, V b3, ref V c0, ref V c1, ref V c2, ref V c3) where C : ICount
    {
        var all = L.All(a);
        c0 = L.MultiplyAdd(all, b0, c0);
        if (Has<C>(1)) c1 = L.MultiplyAdd(all, b1, c1);
        if (Has<C>(2)) c2 = L.MultiplyAdd(all, b2, c2);
        if (Has<C>(3)) c3 = L.MultiplyAdd(all, b3, c3);
    }

    /// <summary>Adds one vector times each of five others to five sums: a row of a kernel times the places of a window that it meets.</summary>
    [MethodImpl(Inline)]
    public static void MultiplyAdd5(V a, V b0, V b1, V b2, V b3, V b4, ref V c0, ref V c1, ref V c2, ref V c3, ref V c4)
    {
        c0 = L.MultiplyAdd(a, b0, c0);
        c1 = L.MultiplyAdd(a, b1, c1);
        c2 = L.MultiplyAdd(a, b2, c2);
        c3 = L.MultiplyAdd(a, b3, c3);
        c4 = L.MultiplyAdd(a, b4, c4);
    }

    /// <summary>Stores a row and touches nothing after it; its last vector may be partial.</summary>
    [MethodImpl(Inline)]
    public static void Store<C>(float* p, V c0) where C : ICount => Store<C>(p, 0, c0);

    /// <inheritdoc cref="Store{C}(float*, V)"/>
    [MethodImpl(Inline)]
    public static void Store<C>(float* p, V c0, V c1) where C : ICount
    {
        Store<C>(p, 0, c0);
        Store<C>(p, 1, c1);
    }

    /// <inheritdoc cref="Store{C}(float*, V)"/>
    [MethodImpl(Inline)]
    public static void Store<C>(float* p, V c0, V c1, V c2) where C : ICount
    {
        Store<C>(p, 0, c0);
        Store<C>(p, 1, c1);
        Store<C>(p, 2, c2);
    }

    /// <inheritdoc cref="Store{C}(float*, V)"/>
    [MethodImpl(Inline)]
    public static void Store<C>(float* p, V c0, V c1, V c2, V c3) where C : ICount
    {
        Store<C>(p, 0, c0);
        Store<C>(p, 1, c1);
        Store<C>(p, 2, c2);
        Store<C>(p, 3, c3);
    }

    [MethodImpl(Inline)]
    private static void Store<C>(float* p, int index, V c) where C : ICount
    {
        if (Has<C>(index)) L.StorePartial(p + (index * L.Count), c, C.Count - (index * L.Count));
    }

    [MethodImpl(Inline)]
    private static bool Has<C>(int index) where C : ICount => C.Count > index * L.Count;
}
