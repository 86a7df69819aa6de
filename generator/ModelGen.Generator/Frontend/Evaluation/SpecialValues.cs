using System;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>The batch axis of <c>x.Shape</c>: it exists, and no code of a declaration may depend on it.</summary>
internal sealed class BatchSize
{
    public static readonly BatchSize Instance = new();
}

/// <summary><c>^Distance</c>.</summary>
internal sealed record FromEnd(int Distance);

/// <summary><c>Start..End</c>; each an int, a <see cref="FromEnd"/> or null.</summary>
internal sealed record RangeValue(object? Start, object? End);

/// <summary>An operation on values that has no result; the evaluator adds the place.</summary>
internal sealed class ValueException : Exception
{
    public ValueException(string id, string message) : base(message) => Id = id;

    public string Id { get; }
}
