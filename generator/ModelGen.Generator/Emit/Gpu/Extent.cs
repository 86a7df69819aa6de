using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>A number of points as emitted code spells it: a literal, times the batch size where one of the axes is the batch.</summary>
internal readonly record struct Extent(long Factor, int BatchPower)
{
    public static Extent Of(IEnumerable<Axis> axes) =>
        axes.Aggregate(new Extent(1, 0), (e, a) => new(e.Factor * a.Factor, e.BatchPower + (a.PerSample ? 1 : 0)));

    public bool IsLiteral => BatchPower == 0;

    public bool IsOne => Factor == 1 && BatchPower == 0;

    /// <summary>The number at a typical batch size.</summary>
    public long Typical
    {
        get
        {
            var value = Factor;
            for (var k = 0; k < BatchPower; k++) value *= GpuTarget.Large.TypicalBatch;
            return value;
        }
    }

    public Extent Times(Extent other) => new(Factor * other.Factor, BatchPower + other.BatchPower);

    /// <summary>C#, without parentheses: <c>4704</c> or <c>n * 4704</c>.</summary>
    public string Text
    {
        get
        {
            var batch = string.Join(" * ", Enumerable.Repeat("n", BatchPower));
            if (BatchPower == 0) return Number(Factor);
            return Factor == 1 ? batch : batch + " * " + Number(Factor);
        }
    }

    /// <summary>C# that may stand as an operand of a product or a quotient.</summary>
    public string Atom => BatchPower + (Factor == 1 ? 0 : 1) > 1 ? "(" + Text + ")" : Text;

    /// <summary>How many groups of a size cover it.</summary>
    public string Groups(int size) =>
        size == 1 ? Text
        : IsLiteral ? Number((Factor + size - 1) / size)
        : Factor % size == 0 ? new Extent(Factor / size, BatchPower).Text
        : "(" + Text + " + " + Number(size - 1) + ") / " + Number(size);

    /// <summary>True where groups of a size cover it without a rest, whatever the batch.</summary>
    public bool IsMultipleOf(int size) => Factor % size == 0;

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
