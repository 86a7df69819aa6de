using System;

namespace ModelGen.Generator.Expressions;

/// <summary>A size is beyond <see cref="Lengths.Most"/>. The message says which and has no subject: "needs …, which has …".</summary>
internal sealed class SizeException : Exception
{
    public SizeException(string message) : base(message)
    {
    }
}
