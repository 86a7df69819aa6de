using System.Text.Json;

namespace ModelGen.Conformance;

/// <summary>A row of a table of numbers: one small model with the values that go in and those that must come out.</summary>
/// <remarks>A file of rows is <c>{ "rows": [ … ] }</c>. A row has a <c>name</c>, a <c>kind</c> and the formula <c>forward</c> of v, which is the input x plus
/// a parameter of zeros, and of further <c>inputs</c> and <c>parameters</c>; layers of it are declared in <c>fields</c>. A <c>loss</c> is a formula of the
/// output y and of <c>targets</c>. Tensors are <c>{ "shape": …, "values": … }</c> with the values of <c>batch</c> samples one after the other (one
/// sample where it is missing), and "classes" where they are labels. <c>expect</c> has <c>output</c>, <c>loss</c> and <c>gradients</c>, the one of x
/// summed over the samples. A number g is right for w if g = w, |g − w| ≤ atol + rtol·|w|, or both are NaN.</remarks>
/// <param name="Fields">Declarations of layers; empty for none.</param>
/// <param name="Inputs">Of Forward, in order.</param>
/// <param name="Targets">Of Loss, after the output.</param>
/// <param name="Loss">Null where there is none.</param>
/// <param name="Output">Expected; null where the row does not say.</param>
/// <param name="LossValue">Expected; null where the row does not say.</param>
/// <param name="Gradients">Expected, by parameter; x for the input.</param>
internal sealed record NumberRow(
    string Name, string Kind, string Forward, string Fields, IReadOnlyDictionary<string, RowTensor> Parameters, IReadOnlyDictionary<string, RowTensor> Inputs,
    IReadOnlyDictionary<string, RowTensor> Targets, int Batch, string? Loss, RowValues? Output, RowValues? LossValue,
    IReadOnlyDictionary<string, RowValues> Gradients,
    (double Relative, double Absolute) Tolerance)
{
    /// <exception cref="CaseFormatException">The row is not what the format says.</exception>
    public static NumberRow Read(JsonElement row)
    {
        string? Text(string property) => row.TryGetProperty(property, out var e) && e.ValueKind == JsonValueKind.String ? e.GetString() : null;
        string Required(string property) => Text(property) ?? throw new CaseFormatException($"a row has no text '{property}'");
        double Number(string property) => row.TryGetProperty(property, out var e) ? e.GetDouble() : 0;
        IReadOnlyDictionary<string, RowTensor> Tensors(string property) =>
            Members(row, property).ToDictionary(m => m.Name, m => RowTensor.Read(m.Value, m.Name));
        if (!row.TryGetProperty("expect", out var expect)) throw new CaseFormatException($"the row '{Required("name")}' expects nothing");
        RowValues? Expected(string property) => expect.TryGetProperty(property, out var e) ? RowValues.Read(e, property) : null;
        return new(Required("name"), Required("kind"), Required("forward"), Text("fields") ?? "", Tensors("parameters"), Tensors("inputs"), Tensors("targets"),
            row.TryGetProperty("batch", out var batch) ? batch.GetInt32() : 1, Text("loss"), Expected("output"), Expected("loss"),
            Members(expect, "gradients").ToDictionary(m => m.Name, m => RowValues.Read(m.Value, m.Name)), (Number("rtol"), Number("atol")));
    }

    public override string ToString() => Name;

    private static IEnumerable<JsonProperty> Members(JsonElement of, string property) =>
        of.TryGetProperty(property, out var members) ? members.EnumerateObject() : [];
}
