using ModelGen.Generator.Ops;

namespace ModelGen.Tests.Surface;

/// <summary>The operators of <see cref="Tensor"/>, written from the catalogue.</summary>
internal static class OperatorFile
{
    /// <summary>The name of the file.</summary>
    public const string Name = "Tensor.Operators.cs";

    /// <summary>The text of the file.</summary>
    public static string Write() => SurfaceFiles.Text(
    [
        "public sealed partial class Tensor", "{",
        .. OpCatalog.All.Where(o => o.Operator is not null).SelectMany(o => o.Parameters.Count == 1 ? Unary(o) : Binary(o)).Skip(1), "}",
    ]);

    private static IEnumerable<string> Unary(Op op) =>
        Member(op, ", element by element.", $"public static Tensor operator {op.Operator}(Tensor x) => Record(\"{op.Name}\", null, [x]);");

    // A float and a double each, so that literals of both kinds and of int are operands.
    private static IEnumerable<string> Binary(Op op)
    {
        var head = $"public static Tensor operator {op.Operator}";
        var call = $"Record(\"{op.Name}\", null, ";
        return
        [
            .. Member(op, ", element by element, with broadcasting.", $"{head}(Tensor x, Tensor y) => {call}[x, y]);"),
            .. Member(op, " for a constant y.", $"{head}(Tensor x, float y) => {call}[x], (\"y\", y));"),
            .. Member(op, " for a constant x.", $"{head}(float x, Tensor y) => {call}[y], (\"x\", x));"),
            .. Member(op, " for a constant y.", $"{head}(Tensor x, double y) => {call}[x], (\"y\", (float)y));"),
            .. Member(op, " for a constant x.", $"{head}(double x, Tensor y) => {call}[y], (\"x\", (float)x));"),
        ];
    }

    private static IEnumerable<string> Member(Op op, string end, string declaration) =>
        ["", .. XmlDocumentation.Element("summary", $"Computes <c>{op.Doc.FormulaAsXml}</c>{end}", "    "), "    " + declaration];
}
