using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints positions and their guards as integer arithmetic over named variables; a variable known as a literal folds.</summary>
internal sealed class GpuIndex
{
    private readonly GpuScope _scope;
    private readonly IReadOnlyList<string> _variables;
    private readonly Func<Expr.Load, string> _lookup;

    /// <param name="variables">A name or a literal for each variable; null for those that the caller adds himself.</param>
    /// <param name="lookup">Prints an element that serves as a position.</param>
    public GpuIndex(GpuScope scope, IReadOnlyList<string> variables, Func<Expr.Load, string> lookup) =>
        (_scope, _variables, _lookup) = (scope, variables, lookup);

    /// <summary>The address of an element in its view.</summary>
    public string Address(Access access)
    {
        var terms = new List<string>();
        if (_scope.Based.Contains(access.Argument)) terms.Add(_scope.BaseOf(access.Argument));
        var constant = Linear(access.Strides, access.Offset, terms);
        foreach (var special in access.Special) terms.Add(Term(Of(special.Index), special.Stride));
        return Sum(terms, constant);
    }

    /// <summary>The part of a linear address that comes from some of the variables, without the offset; "0" where there is none.</summary>
    public string Part(Access access, IEnumerable<int> variables)
    {
        var terms = new List<string>();
        long constant = 0;
        foreach (var j in variables) constant += Add(terms, _variables[j], access.Strides[j]);
        return Sum(terms, constant);
    }

    /// <summary>The part of an index's numerator that comes from some of the variables.</summary>
    public string Part(AffineIndex index, IEnumerable<int> variables, long constant)
    {
        var terms = new List<string>();
        foreach (var j in variables) constant += Add(terms, _variables[j], index.Coefficients[j]);
        return Sum(terms, constant);
    }

    /// <summary>An index as a number; exact divisions are taken to come out even.</summary>
    public string Of(AffineIndex index)
    {
        var numerator = Numerator(index);
        return index.Divisor == 1 ? numerator : Quotient(numerator, index.Divisor);
    }

    /// <summary>True where a guarded read lies inside.</summary>
    public string Condition(Access access) => string.Join(" & ", access.Guards.Select(Condition));

    private string Condition(Guard guard) => Condition(guard, Numerator(guard.Index));

    /// <summary>True where an index with this numerator lies inside.</summary>
    public string Condition(Guard guard, string numerator)
    {
        var size = _scope.Size(guard.Size);
        var index = guard.Index;
        if (long.TryParse(numerator, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var known)
            && guard.Holds(known) is { } holds) return holds ? "true" : "false";
        string Inside(string i) => guard.Size.PerSample ? $"((uint)({i}) < (uint){size})" : $"((uint)({i}) < {size}u)";
        if (index.Divisor == 1) return Inside(numerator);
        var quotient = Quotient(numerator, index.Divisor);
        return index.Floor
            ? $"(({numerator} >= 0) & ({quotient} < {size}))"
            : $"(({Remainder(numerator, index.Divisor)} == 0) & {Inside(quotient)})";
    }

    private string Numerator(AffineIndex index)
    {
        var terms = new List<string>();
        var constant = Linear(index.Coefficients, index.Offset, terms);
        if (index.Lookup is not null) terms.Add(_lookup(index.Lookup));
        return Sum(terms, constant);
    }

    private long Linear(IReadOnlyList<int> strides, long offset, List<string> terms)
    {
        for (var j = 0; j < strides.Count; j++)
            if (strides[j] != 0) offset += Add(terms, _variables[j], strides[j]);
        return offset;
    }

    private static long Add(List<string> terms, string variable, int stride)
    {
        if (stride == 0) return 0;
        if (long.TryParse(variable, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var literal)) return literal * stride;
        terms.Add(Term(variable, stride));
        return 0;
    }

    /// <summary>A numerator over a divisor, rounded down; of a negative numerator some negative number.</summary>
    public static string Quotient(string numerator, int divisor)
    {
        if (long.TryParse(numerator, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var literal)) return Literals.Int(
            (long)Math.Floor((double)literal / divisor));
        return GpuScope.Quotient(Atom(numerator), divisor);
    }

    private static string Remainder(string numerator, int divisor) => GpuScope.Remainder(Atom(numerator), divisor);

    private static string Atom(string text) => text.All(c => char.IsLetterOrDigit(c) || c is '_' or '@') ? text : "(" + text + ")";

    private static string Term(string variable, int stride)
    {
        var atom = Atom(variable);
        return stride == 1 ? atom : atom + " * " + Literals.Int(stride);
    }

    private static string Sum(List<string> terms, long constant)
    {
        if (terms.Count == 0) return Literals.Int(constant);
        // A positive term first: "8 - v * 2" would read as well, but the products are what varies.
        var text = string.Join(" + ", terms);
        if (constant != 0) text += constant < 0 ? " - " + Literals.Int(-constant) : " + " + Literals.Int(constant);
        return text;
    }
}
