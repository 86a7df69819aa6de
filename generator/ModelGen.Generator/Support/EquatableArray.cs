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

    /// <summary>True where both are one array in memory.</summary>
    public bool IsSameAs(EquatableArray<T> other) => ReferenceEquals(_items, other._items);

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = Hash.Seed;
        for (var i = 0; i < Count; i++) hash = Hash.Combine(hash, _items![i]?.GetHashCode() ?? 0);
        return hash;
    }

    private T[] Items => _items ?? Array.Empty<T>();

    // The methods of LINQ that are asked for most, without an object for the array and one for the place in it.
    public bool Any(Func<T, bool> test)
    {
        foreach (var item in Items)
            if (test(item)) return true;
        return false;
    }

    public bool All(Func<T, bool> test)
    {
        foreach (var item in Items)
            if (!test(item)) return false;
        return true;
    }

    public IEnumerable<TResult> Select<TResult>(Func<T, TResult> map) => Items.Select(map);

    public IEnumerable<T> Where(Func<T, bool> test) => Items.Where(test);

    public T[] ToArray() => Count == 0 ? Array.Empty<T>() : (T[])_items!.Clone();

    public EquatableArray<T> With(int index, T item)
    {
        var copy = ToArray();
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

    public Enumerator GetEnumerator() => new(Items);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Items.GetEnumerator();

    public static bool operator ==(EquatableArray<T> a, EquatableArray<T> b) => a.Equals(b);

    public static bool operator !=(EquatableArray<T> a, EquatableArray<T> b) => !a.Equals(b);

    public struct Enumerator
    {
        private readonly T[] _items;
        private int _next;

        public Enumerator(T[] items) => (_items, _next) = (items, -1);

        public readonly T Current => _items[_next];

        public bool MoveNext() => ++_next < _items.Length;
    }
}

internal static class EquatableArray
{
    public static EquatableArray<T> Of<T>(params T[] items) => new(items);

    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> items) => new(items.ToArray());
}
