using System;
using System.Collections.Generic;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>Variables by name, innermost first.</summary>
internal sealed class Scope
{
    private readonly Scope? _outer;
    // Most scopes declare nothing.
    private Dictionary<string, object?>? _variables;

    public Scope(Scope? outer = null) => _outer = outer;

    public void Declare(string name, object? value) => (_variables ??= new(StringComparer.Ordinal))[name] = value;

    public bool TryGet(string name, out object? value)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
            if (scope._variables is { } variables && variables.TryGetValue(name, out value)) return true;
        value = null;
        return false;
    }

    public bool TrySet(string name, object? value)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._variables?.ContainsKey(name) != true) continue;
            scope._variables[name] = value;
            return true;
        }
        return false;
    }
}
