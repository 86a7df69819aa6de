using System;

namespace ModelGen.Generator.Ops;

/// <summary>A constraint of an op is violated: becomes the diagnostic <see cref="Id"/> at the call.</summary>
internal sealed class OpException : Exception
{
    public OpException(string id, string message) : base(message) => Id = id;

    public string Id { get; }
}

/// <summary>Something legal that is probably a mistake.</summary>
internal sealed record OpWarning(string Id, string Message);
