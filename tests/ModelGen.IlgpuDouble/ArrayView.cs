using System.Runtime.CompilerServices;
using ILGPU.Execution;

namespace ILGPU;

/// <summary>A window on device or shared memory; every access is checked, and allowed inside kernels only.</summary>
public readonly unsafe struct ArrayView<T> : IArrayView
    where T : unmanaged
{
    readonly T* pointer;

    internal ArrayView(void* pointer, long length)
    {
        this.pointer = (T*)pointer;
        Length = length;
    }

    /// <summary>A view of nothing.</summary>
    public static ArrayView<T> Empty => default;

    /// <summary>Elements in the view.</summary>
    public long Length { get; }

    /// <summary>Elements in the view; overflows from 2^31.</summary>
    public int IntLength => checked((int)Length);

    /// <summary>Bytes in the view.</summary>
    public long LengthInBytes => Length * sizeof(T);

    /// <summary>Whether the view has memory behind it.</summary>
    public bool IsValid => pointer != null;

    void* IArrayView.Pointer => pointer;

    internal T* Pointer => pointer;

    /// <summary>The element at an index.</summary>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref this[(long)index];
    }

    /// <summary>The element at an index.</summary>
    public ref T this[Index1D index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref this[(long)index.X];
    }

    /// <summary>The element at an index.</summary>
    public ref T this[long index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((ulong)index >= (ulong)Length || Launch.Running == 0)
                ViewErrors.ThrowAccess(pointer, index, Length, typeof(T));
            return ref pointer[index];
        }
    }

    /// <summary>The view from an index to the end.</summary>
    public ArrayView<T> SubView(long index) => SubView(index, Length - index);

    /// <summary>A part of the view.</summary>
    public ArrayView<T> SubView(int index, int subViewLength) => SubView((long)index, subViewLength);

    /// <summary>A part of the view.</summary>
    public ArrayView<T> SubView(long index, long subViewLength)
    {
        if (index < 0 || subViewLength < 0 || index + subViewLength > Length)
            ViewErrors.ThrowSubView(index, subViewLength, Length, typeof(T));
        return new(pointer + index, subViewLength);
    }

    /// <summary>The same memory as other elements; a vector type needs the memory aligned to its size.</summary>
    public ArrayView<TOther> Cast<TOther>()
        where TOther : unmanaged
    {
        // A device load of 16 bytes from an address that is no multiple of 16 faults, and nothing tells which one it was.
        var alignment = Math.Min(sizeof(TOther) & -sizeof(TOther), 16);
        if ((nint)pointer % alignment != 0)
            ViewErrors.ThrowMisaligned((nint)pointer, alignment, typeof(TOther));
        return new(pointer, LengthInBytes / sizeof(TOther));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{typeof(T).Name}[{Length}]";

    internal Span<T> AsSpan() => new(pointer, IntLength);
}
