using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>The C# names in force at a place of a kernel: iteration variables, argument pointers, values of earlier stages.</summary>
internal sealed class Scope
{
    private readonly Dictionary<Access, (string Pointer, HashSet<int> Folded)> _bases = new();

    public Scope(IReadOnlyList<string> variables, IReadOnlyList<string> arguments, Func<int, bool> isInteger)
    {
        (Variables, Positions, Arguments, IsInteger) = (variables, variables, arguments, isInteger);
    }

    /// <summary>A C# name for each iteration variable (a literal where it is known).</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>The variables' values: as <see cref="Variables"/> unless addresses count from the corner of a tile.</summary>
    public IReadOnlyList<string> Positions { get; set; }

    /// <summary>A pointer for each kernel argument.</summary>
    public IReadOnlyList<string> Arguments { get; }

    public Func<int, bool> IsInteger { get; }

    /// <summary>Names of values by local number.</summary>
    public Dictionary<int, string> Locals { get; } = new();

    /// <summary>Names of expressions that were computed before: they are the same at every place of this scope.</summary>
    public Dictionary<Expr, string> Values { get; } = new();

    /// <summary>Knows these values too.</summary>
    public void Take(IReadOnlyDictionary<Expr, string> values)
    {
        foreach (var v in values) Values[v.Key] = v.Value;
    }

    /// <summary>From here on the access is read as <paramref name="pointer"/>[rest], where the pointer already includes the variables given.</summary>
    public void Fold(Access access, string pointer, IEnumerable<int> variables) => _bases[access] = (pointer, new HashSet<int>(variables));

    public (string Pointer, string Index) Address(Access access)
    {
        var (pointer, folded) = _bases.TryGetValue(access, out var b) ? b : (Arguments[access.Argument], null);
        var terms = new List<string>();
        for (var j = 0; j < access.Strides.Count; j++)
        {
            if (access.Strides[j] == 0 || Variables[j] == "0" || folded is not null && folded.Contains(j)) continue;
            terms.Add(Term(Variables[j], access.Strides[j]));
        }
        foreach (var special in access.Special) terms.Add(Term(Index(special.Index), special.Stride));
        var offset = folded is null ? access.Offset : 0;
        if (offset != 0) terms.Add(offset.ToString(CultureInfo.InvariantCulture));
        return (pointer, string.Join(" + ", terms).Replace("+ -", "- "));
    }

    /// <summary>The linear part over some variables, with the offset: what a base pointer adds to the argument.</summary>
    public string Linear(Access access, IEnumerable<int> variables)
    {
        var terms = variables.Where(j => access.Strides[j] != 0 && Variables[j] != "0").Select(j => Term(Variables[j], access.Strides[j], wide: true)).ToList();
        if (access.Offset != 0) terms.Add(access.Offset.ToString(CultureInfo.InvariantCulture));
        return string.Join(" + ", terms).Replace("+ -", "- ");
    }

    /// <summary>An index as C# integer arithmetic.</summary>
    public string Index(AffineIndex index)
    {
        var sum = Numerator(index);
        if (index.Divisor == 1) return sum;
        var divisor = index.Divisor.ToString(CultureInfo.InvariantCulture);
        return index.Floor && index.Offset < 0 || index.Floor
            && index.Coefficients.Any(c => c < 0) ? $"Lanes.FloorDiv({sum}, {divisor})" : $"({sum}) / {divisor}";
    }

    /// <summary>True where the guards of the access hold.</summary>
    public string Condition(Access access) => access.Guards.Count == 0 ? "true" : string.Join(" && ", access.Guards.Select(Condition));

    private string Condition(Guard guard)
    {
        var size = Size(guard.Size);
        if (long.TryParse(Numerator(guard.Index), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var known)
            && guard.Holds(known) is { } holds) return holds ? "true" : "false";
        var inside = $"(uint)({Index(guard.Index)}) < {(guard.Size.PerSample ? "(uint)" + size : size + "u")}";
        return guard.Index.Divisor == 1 || guard.Index.Floor ? inside
            : $"({Numerator(guard.Index)}) % {guard.Index.Divisor.ToString(CultureInfo.InvariantCulture)} == 0 && {inside}";
    }

    public static string Size(Axis axis) => !axis.PerSample ? axis.Factor.ToString(CultureInfo.InvariantCulture)
        : axis.Factor == 1 ? "n" : "(n * " + axis.Factor.ToString(CultureInfo.InvariantCulture) + ")";

    private string Numerator(AffineIndex index)
    {
        var terms = new List<string>();
        long known = index.Offset;
        for (var j = 0; j < index.Rank; j++)
        {
            if (index.Coefficients[j] == 0) continue;
            if (int.TryParse(Positions[j], NumberStyles.None, CultureInfo.InvariantCulture, out var position)) known += (long)position * index.Coefficients[j];
            else terms.Add(Term(Positions[j], index.Coefficients[j]));
        }
        if (index.Lookup is not null) terms.Add(Lookup!(index.Lookup));
        if (known != 0 || terms.Count == 0) terms.Add(known.ToString(CultureInfo.InvariantCulture));
        return string.Join(" + ", terms).Replace("+ -", "- ");
    }

    /// <summary>The same names; what is added to the copy stays there.</summary>
    public Scope Copy(IReadOnlyList<string>? variables = null)
    {
        var copy = WithoutValues(variables);
        copy.Take(Values);
        return copy;
    }

    /// <summary>A copy that does not know <see cref="Values"/>.</summary>
    public Scope WithoutValues(IReadOnlyList<string>? variables = null)
    {
        var copy = new Scope(variables ?? Variables, Arguments, IsInteger) { Positions = variables ?? Positions };
        foreach (var b in _bases) copy._bases[b.Key] = b.Value;
        foreach (var l in Locals) copy.Locals[l.Key] = l.Value;
        return copy;
    }

    /// <summary>Prints the value of an integer tensor used as an index.</summary>
    public Func<Expr.Load, string>? Lookup { get; set; }

    private static string Term(string variable, int stride, bool wide = false)
    {
        if (variable == "0") return "0";
        if (int.TryParse(variable, NumberStyles.None, CultureInfo.InvariantCulture, out var known)) return ((long)known
            * stride).ToString(CultureInfo.InvariantCulture);
        var simple = variable.All(c => char.IsLetterOrDigit(c) || c == '_') ? variable : "(" + variable + ")";
        if (stride == -1) return "-" + simple;
        return stride == 1 ? variable : simple + " * " + stride.ToString(CultureInfo.InvariantCulture) + (wide && stride > 64 ? "L" : "");
    }
}
