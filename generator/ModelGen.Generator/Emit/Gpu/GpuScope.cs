using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>The names in force in a kernel: its arguments, its values, and what of the step it turned out to need.</summary>
internal sealed class GpuScope
{
    private readonly GpuParameters _parameters;
    private int _count;

    public GpuScope(Kernel kernel, IReadOnlyList<string> arguments, GpuParameters parameters) =>
        (Kernel, Arguments, _parameters) = (kernel, arguments, parameters);

    public Kernel Kernel { get; }

    /// <summary>A view for each kernel argument, and, behind them, for what else is read by a number.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Arguments that do not start where their view starts.</summary>
    public IReadOnlyCollection<int> Based => _parameters.Based;

    /// <summary>Names of values by local number.</summary>
    public Dictionary<int, string> Locals { get; } = new();

    /// <summary>The step of the recurrence that a launch computes.</summary>
    public string Step => CallList.Step;

    /// <summary>A name not used before: t0, t1, …</summary>
    public string Fresh(string prefix) => prefix + (_count++).ToString(CultureInfo.InvariantCulture);

    public bool IsInteger(int argument) => argument < Kernel.Arguments.Count && Kernel.Arguments[argument].Element == ElementType.I32;

    public string BaseOf(int argument) => Beside(argument, "Start");

    /// <summary>The parameter that holds where an argument lies in memory.</summary>
    public string AddressOf(int argument) => Beside(argument, "Address");

    public string Text(Extent extent) => Known(extent).Text();

    public string Atom(Extent extent) => Known(extent).Atom();

    public string Size(Axis axis) => Atom(Extent.Of(new[] { axis }));

    /// <summary>The key of a random stream, as the host's kernels form it.</summary>
    public string Key(int stream) => _parameters.TakesSeed ? "seed * 0x9E3779B1u + " + stream.ToString(CultureInfo.InvariantCulture) + "u"
        : throw new InvalidOperationException("The kernel was said to draw no random numbers.");

    // Parameters are decided before the body is printed.
    private Extent Known(Extent extent) => extent.IsLiteral || _parameters.TakesBatch ? extent
        : throw new InvalidOperationException("The kernel was said not to count by the batch.");

    private string Beside(int argument, string suffix)
    {
        var name = Arguments[argument] + suffix;
        while (Arguments.Contains(name)) name += "_";
        return name;
    }

    /// <summary>Splits a row-major position into one variable for each axis; axes alone in their product need no arithmetic.</summary>
    public IReadOnlyList<string> Split(CodeWriter writer, string position, IReadOnlyList<Axis> axes, string prefix)
    {
        if (axes.Count == 0) return Array.Empty<string>();
        if (axes.Count == 1) return new[] { position };
        var names = axes.Select((_, k) => Fresh(prefix)).ToList();
        for (var k = axes.Count - 1; k >= 0; k--)
        {
            var below = Extent.Of(axes.Skip(k + 1));
            var text = below.IsOne ? position : below.IsLiteral ? Quotient(position, (int)below.Factor) : position + " / " + Atom(below);
            if (k > 0) text = axes[k].PerSample ? text + " % " + Size(axes[k])
                : Remainder(text.Contains(" ") && text[0] != '(' ? "(" + text + ")" : text, axes[k].Factor);
            writer.Line($"var {names[k]} = {text};");
        }
        return names;
    }

    /// <summary>A position over a number: a shift where that is a power of two, else a product and a shift.</summary>
    /// <param name="position">A name, or an expression in parentheses; not negative.</param>
    public static string Quotient(string position, int divisor) =>
        divisor == 1 ? position : Power(divisor) is > 0 and var bits ? $"({position} >> {Literals.Int(bits)})"
            : $"KernelMath.Quotient({Multiplied(position, divisor)})";

    /// <summary>What is left of a position over a number.</summary>
    /// <param name="position">A name, or an expression in parentheses; not negative.</param>
    public static string Remainder(string position, int divisor) =>
        divisor == 1 ? "0" : Power(divisor) > 0 ? $"({position} & {Literals.Int(divisor - 1)})" : $"KernelMath.Remainder({Multiplied(position, divisor)})";

    // ⌊x / d⌋ = ⌊x·m / 2^s⌋ with m = ⌊2^s / d⌋ + 1 for x
    // < 2^31, where s is 31 more than the bits of d: m·d exceeds 2^s by no more than d, which is at most 2^(s - 31).
    private static string Multiplied(string position, int divisor)
    {
        var shift = 31;
        while (1L << (shift - 31) < divisor) shift++;
        var multiplier = (ulong)((System.Numerics.BigInteger.One << shift) / divisor) + 1;
        return $"{position}, {Literals.Int(divisor)}, {Literals.Int((long)multiplier)}u, {Literals.Int(shift)}";
    }

    private static int Power(int divisor)
    {
        var bits = 0;
        while (1 << bits < divisor && bits < 30) bits++;
        return 1 << bits == divisor ? bits : 0;
    }
}
