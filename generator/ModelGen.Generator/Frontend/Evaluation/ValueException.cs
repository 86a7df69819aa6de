using System;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>An operation on values that has no result; the evaluator adds the place.</summary>
internal sealed class ValueException : Exception
{
    public ValueException(string id, string message) : base(message) => Id = id;

    public string Id { get; }
}
