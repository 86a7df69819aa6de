using System.Globalization;

namespace ModelGen.RandomPrograms;

/// <summary>A statement of a program: it declares its results.</summary>
/// <param name="Text">The right-hand side, with {0}, {1}, … where the operands stand.</param>
/// <param name="Ops">The ops of the catalogue in it.</param>
/// <param name="Layer">The layer that it calls; null for none.</param>
internal sealed record Statement(IReadOnlyList<Value> Results, string Text, IReadOnlyList<Value> Operands, IReadOnlyList<string> Ops, Field? Layer = null)
{
    public string Right => string.Format(CultureInfo.InvariantCulture, Text, [.. Operands.Select(o => o.Name)]);

    public override string ToString() => Results.Count switch
    {
        1 => $"var {Results[0].Name} = {Right};",
        _ => $"var ({string.Join(", ", Results.Select(r => r.Name))}) = {Right};",
    };

    public Statement With(Value old, Value now) => this with { Operands = [.. Operands.Select(o => o.Name == old.Name ? now : o)] };
}
