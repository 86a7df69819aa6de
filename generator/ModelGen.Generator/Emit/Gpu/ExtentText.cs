using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering.Gpu;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Numbers of points as emitted code spells them.</summary>
internal static class ExtentText
{
    /// <summary>C#, without parentheses: <c>4704</c> or <c>n * 4704</c>.</summary>
    public static string Text(this Extent extent)
    {
        var batch = string.Join(" * ", Enumerable.Repeat("n", extent.BatchPower));
        if (extent.IsLiteral) return Literals.Int(extent.Factor);
        return extent.Factor == 1 ? batch : batch + " * " + Literals.Int(extent.Factor);
    }

    /// <summary>C# that may stand as an operand of a product or a quotient.</summary>
    public static string Atom(this Extent extent) => extent.BatchPower + (extent.Factor == 1 ? 0 : 1) > 1 ? "(" + extent.Text() + ")" : extent.Text();

    /// <summary>How many groups of a size cover it, without parentheses.</summary>
    public static string Groups(this Extent extent, int size) =>
        size == 1 ? extent.Text()
        : extent.IsLiteral ? Literals.Int((extent.Factor + size - 1) / size)
        : extent.Factor % size == 0 ? (extent with { Factor = extent.Factor / size }).Text()
        : "(" + extent.Text() + " + " + Literals.Int(size - 1) + ") / " + Literals.Int(size);

    /// <summary>The number as comments have it.</summary>
    public static string Shown(this Extent extent) => extent.IsLiteral ? extent.Text() : extent.Text().Replace("n", "N");
}
