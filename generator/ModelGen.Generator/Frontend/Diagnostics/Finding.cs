namespace ModelGen.Generator.Frontend.Diagnostics;

/// <summary>Something to tell the person, before it has a position.</summary>
/// <param name="Id">MG….</param>
/// <param name="At">What is blamed.</param>
/// <param name="Message">The whole message.</param>
/// <param name="Inner">Where inside a module it happened, if that is elsewhere.</param>
internal sealed record Finding(string Id, Site At, string Message, Site? Inner = null);
