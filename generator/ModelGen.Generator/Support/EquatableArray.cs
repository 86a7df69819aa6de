using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Support;

/// <summary>An immutable array with value equality, so that records holding one can be compared and cached.</summary>
internal readonly struct EquatableArray<T> : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
{
    public static readonly EquatableArray<T> Empty = new(Array.Empty<T>());

    private readonly T[]? _items;

    public EquatableArray(T[] items) => _items = items;

    public int Count => _items?.Length ?? 0;

    public T this[int index] => _items![index];

    public bool Equals(EquatableArray<T> other)
    {
        if (ReferenceEquals(_items, other._items)) return true;
        if (Count != other.Count) return false;
        for (var i = 0; i < Count; i++)
            if (!EqualityComparer<T>.Default.Equals(_items![i], other._items![i])) return false;
        return true;
    }

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = Hash.Seed;
        for (var i = 0; i < Count; i++) hash = Hash.Combine(hash, _items![i]?.GetHashCode() ?? 0);
        return hash;
    }

    public EquatableArray<T> With(int index, T item)
    {
        var copy = this.ToArray();
        copy[index] = item;
        return new(copy);
    }

    public EquatableArray<T> Add(T item) => new(this.Append(item).ToArray());

    public EquatableArray<T> Concat(EquatableArray<T> other)
    {
        if (other.Count == 0) return this;
        if (Count == 0) return other;
        var both = new T[Count + other.Count];
        _items!.CopyTo(both, 0);
        other._items!.CopyTo(both, Count);
        return new(both);
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)(_items ?? Array.Empty<T>())).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static bool operator ==(EquatableArray<T> a, EquatableArray<T> b) => a.Equals(b);

    public static bool operator !=(EquatableArray<T> a, EquatableArray<T> b) => !a.Equals(b);
}

internal static class EquatableArray
{
    public static EquatableArray<T> Of<T>(params T[] items) => new(items);

    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> items) => new(items.ToArray());
}
