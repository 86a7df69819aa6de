namespace ILGPU.Runtime;

/// <summary>A view with a stride; the double has dense ones only.</summary>
public readonly struct ArrayView1D<T, TStride>
    where T : unmanaged
    where TStride : struct
{
    internal ArrayView1D(ArrayView<T> view) => BaseView = view;

    /// <summary>The elements.</summary>
    public ArrayView<T> BaseView { get; }

    /// <summary>Elements in the view.</summary>
    public long Length => BaseView.Length;

    /// <summary>Elements in the view; overflows from 2^31.</summary>
    public int IntLength => BaseView.IntLength;

    /// <summary>The element at an index.</summary>
    public ref T this[int index] => ref BaseView[index];

    /// <summary>A part of the view.</summary>
    public ArrayView1D<T, TStride> SubView(long index, long length) => new(BaseView.SubView(index, length));

    /// <summary>The plain view.</summary>
    public static implicit operator ArrayView<T>(ArrayView1D<T, TStride> view) => view.BaseView;

    /// <summary>The dense view.</summary>
    public static implicit operator ArrayView1D<T, TStride>(ArrayView<T> view) => new(view);
}
