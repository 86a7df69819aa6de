using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Expressions;

/// <summary>How a position along one axis of a tensor follows from the iteration variables v of a kernel:
/// <c>(Σ Coefficients[j]·v[j] + Offset) / Divisor</c>.</summary>
/// <remarks>Division is exact unless <see cref="Floor"/>: a numerator that the divisor does not divide has no position, so an exact
/// index with a divisor selects only some iterations (as a strided convolution's data gradient does). A floor index rounds down.
/// With <see cref="Lookup"/> the value of an integer tensor is added (a gather); who fills the batch has checked that it lies inside.</remarks>
internal sealed record AffineIndex(EquatableArray<int> Coefficients, int Offset, int Divisor = 1, bool Floor = false, Expr.Load? Lookup = null)
{
    // Most indices are variables themselves: those of a few axes are made once.
    private const int FewAxes = 8;

    private static readonly AffineIndex[][] s_variables = Enumerable.Range(0, FewAxes + 1)
        .Select(rank => Enumerable.Range(0, rank).Select(axis => MakeVariable(rank, axis, 1, 0)).ToArray()).ToArray();

    private static readonly AffineIndex[] s_zeros = Enumerable.Range(0, FewAxes + 1).Select(rank => new AffineIndex(new(new int[rank]), 0)).ToArray();

    public static AffineIndex Constant(int rank, int value) => value == 0 && rank <= FewAxes ? s_zeros[rank] : new(new(new int[rank]), value);

    /// <summary>The iteration variable <paramref name="axis"/> itself, times a coefficient.</summary>
    public static AffineIndex Variable(int rank, int axis, int coefficient = 1, int offset = 0) =>
        coefficient == 1 && offset == 0 && rank <= FewAxes ? s_variables[rank][axis] : MakeVariable(rank, axis, coefficient, offset);

    /// <summary>The first variables of an iteration.</summary>
    public static EquatableArray<AffineIndex> Variables(int rank, int count)
    {
        var variables = new AffineIndex[count];
        for (var j = 0; j < count; j++) variables[j] = Variable(rank, j);
        return new(variables);
    }

    private static AffineIndex MakeVariable(int rank, int axis, int coefficient, int offset)
    {
        var coefficients = new int[rank];
        coefficients[axis] = coefficient;
        return new(new(coefficients), offset);
    }

    public int Rank => Coefficients.Count;

    /// <summary>True where nothing is divided or looked up.</summary>
    public bool IsSum => Divisor == 1 && Lookup is null;

    public bool IsConstant => Divisor == 1 && Lookup is null && Coefficients.All(c => c == 0);

    /// <summary>The one variable this index equals, or -1.</summary>
    public int AsVariable()
    {
        if (Offset != 0 || Divisor != 1 || Lookup is not null) return -1;
        var found = -1;
        for (var j = 0; j < Rank; j++)
        {
            if (Coefficients[j] == 0) continue;
            if (Coefficients[j] != 1 || found >= 0) return -1;
            found = j;
        }
        return found;
    }

    public bool DependsOn(int axis) => Coefficients[axis] != 0 || Lookup is not null && Lookup.Index.Any(i => i.DependsOn(axis));

    public AffineIndex Plus(AffineIndex other)
    {
        if (Divisor != 1 || other.Divisor != 1 || Lookup is not null
            || other.Lookup is not null) throw new InvalidOperationException("Only undivided indices add.");
        return new(Coefficients.Select((c, j) => c + other.Coefficients[j]).ToEquatableArray(), Offset + other.Offset);
    }

    public AffineIndex Times(int factor) => Divisor != 1 || Lookup is not null
        ? throw new InvalidOperationException("Only undivided indices scale.")
        : new(Coefficients.Select(c => c * factor).ToEquatableArray(), Offset * factor);

    /// <summary>This index divided and rounded down.</summary>
    public AffineIndex DividedBy(int divisor) => Divisor != 1 || Lookup is not null
        ? throw new InvalidOperationException("Only undivided indices are divided.")
        : (this with { Divisor = divisor, Floor = divisor != 1 }).Reduced();

    /// <summary>Replaces variable j by <paramref name="variables"/>[j] (all of one new rank). Null where the result is not of this form:
    /// a rounded index can only be used alone.</summary>
    public AffineIndex? Substitute(IReadOnlyList<AffineIndex> variables, int newRank)
    {
        Expr.Load? lookup = null;
        if (Lookup is not null)
        {
            if (Substitution.Apply(Lookup, variables, newRank) is not Expr.Load substituted) return null;
            lookup = substituted;
        }
        // Common denominator of the substituted indices; an exact fraction may be scaled and added, a floor may only stand alone.
        var denominator = 1;
        for (var j = 0; j < Rank; j++)
        {
            if (Coefficients[j] != 0 && variables[j].Lookup is not null)
                return AsVariable() == j ? variables[j] : null;
            if (Coefficients[j] == 0 || variables[j].Divisor == 1) continue;
            if (variables[j].Floor)
            {
                if (AsVariable() == j) return variables[j];
                return null;
            }
            denominator = LeastCommonMultiple(denominator, variables[j].Divisor);
        }
        if (denominator != 1 && Divisor != 1 && Floor) return null;
        if (denominator == 1 && Divisor == 1 && lookup is null && newRank == Rank && IsUnchanged(variables)) return this;
        var coefficients = new int[newRank];
        var offset = Offset * denominator;
        for (var j = 0; j < Rank; j++)
        {
            if (Coefficients[j] == 0) continue;
            var scale = Coefficients[j] * (denominator / variables[j].Divisor);
            for (var k = 0; k < newRank; k++) coefficients[k] += scale * variables[j].Coefficients[k];
            offset += scale * variables[j].Offset;
        }
        return new AffineIndex(new(coefficients), offset, Divisor * denominator, Floor, lookup).Reduced();
    }

    // Whether each variable that counts stays itself.
    private bool IsUnchanged(IReadOnlyList<AffineIndex> variables)
    {
        for (var j = 0; j < Rank; j++)
            if (Coefficients[j] != 0 && variables[j].AsVariable() != j) return false;
        return true;
    }

    /// <summary>Lowest and highest numerator over the iteration, or null where it depends on the batch size.</summary>
    public (long Low, long High)? NumeratorRange(IReadOnlyList<Axis> axes)
    {
        long low = Offset, high = Offset;
        for (var j = 0; j < Rank; j++)
        {
            if (Coefficients[j] == 0) continue;
            if (axes[j].PerSample) return null;
            var extreme = (long)Coefficients[j] * (axes[j].Factor - 1);
            if (extreme < 0) low += extreme;
            else high += extreme;
        }
        return (low, high);
    }

    /// <summary>True where every iteration gives a position inside an axis of the given size.</summary>
    public bool AlwaysInside(IReadOnlyList<Axis> axes, Axis size)
    {
        if (Divisor != 1 && !Floor) return false;
        if (Lookup is not null) return true;
        var variable = AsVariable();
        if (variable >= 0 && axes[variable] == size) return true;
        if (NumeratorRange(axes) is not var (low, high)) return BatchInside(axes, size);
        // Of a batch there is at least one sample.
        return low >= 0 && high / Divisor < size.Factor;
    }

    /// <summary>The affine part for given values of the variables; null where there is none.</summary>
    public long? At(IReadOnlyList<int> variables)
    {
        long numerator = Offset;
        for (var j = 0; j < Rank; j++) numerator += (long)Coefficients[j] * variables[j];
        if (Divisor == 1) return numerator;
        var quotient = (long)Math.Floor((double)numerator / Divisor);
        return Floor || quotient * Divisor == numerator ? quotient : null;
    }

    // One batch variable with coefficient c, and static variables that stay below c: v·c + rest lies in [0, c·N).
    private bool BatchInside(IReadOnlyList<Axis> axes, Axis size)
    {
        if (Divisor != 1 || !size.PerSample) return false;
        var batch = -1;
        for (var j = 0; j < Rank; j++)
        {
            if (Coefficients[j] == 0 || !axes[j].PerSample) continue;
            if (batch >= 0) return false;
            batch = j;
        }
        var rest = new AffineIndex(Coefficients.With(batch, 0), Offset);
        return rest.NumeratorRange(axes) is var (low, high)
            && low >= 0 && high < Coefficients[batch] && Coefficients[batch] * axes[batch].Factor <= size.Factor;
    }

    private AffineIndex Reduced()
    {
        if (Divisor == 1) return this;
        var divisor = Divisor;
        foreach (var c in Coefficients) divisor = GreatestCommonDivisor(divisor, c);
        // ⌊(d·a + r) / (d·s)⌋ = ⌊(a + ⌊r / d⌋) / s⌋ for integer a; an exact quotient needs d to divide r as well.
        if (Floor)
        {
            var rounded = (int)Math.Floor((double)Offset / divisor);
            return divisor == 1 ? this
                : new(Coefficients.Select(c => c / divisor).ToEquatableArray(), rounded, Divisor / divisor, Divisor / divisor != 1, Lookup);
        }
        divisor = GreatestCommonDivisor(divisor, Offset);
        return divisor == 1 ? this : new(Coefficients.Select(c => c / divisor).ToEquatableArray(), Offset / divisor, Divisor / divisor, false, Lookup);
    }

    internal static int GreatestCommonDivisor(int a, int b) => b == 0 ? Math.Abs(a) : GreatestCommonDivisor(b, a % b);

    private static int LeastCommonMultiple(int a, int b) => a / GreatestCommonDivisor(a, b) * b;

    public override string ToString() => Print(j => "v" + j);

    /// <summary>The formula, with names for the variables (none for one that is always 0) and a text for the index that is looked up.</summary>
    public string Print(Func<int, string> name, Func<Expr, string>? lookup = null)
    {
        var terms = new List<string>();
        for (var j = 0; j < Rank; j++)
        {
            var c = Coefficients[j];
            if (c == 0 || name(j) is not { Length: > 0 } variable) continue;
            var term = Math.Abs(c) == 1 ? variable : FormattableString.Invariant($"{Math.Abs(c)}·{variable}");
            terms.Add(terms.Count == 0 ? (c < 0 ? "-" + term : term) : (c < 0 ? " - " : " + ") + term);
        }
        if (Offset != 0 || terms.Count == 0)
            terms.Add(terms.Count == 0 ? FormattableString.Invariant($"{Offset}")
                : FormattableString.Invariant($" {(Offset < 0 ? '-' : '+')} {Math.Abs(Offset)}"));
        if (Lookup is not null)
        {
            var found = lookup is null ? Lookup.ToString() : lookup(Lookup);
            terms = terms.Count == 1 && Offset == 0 && terms[0] == "0" ? new() { found } : new(terms) { " + " + found };
        }
        var sum = string.Concat(terms);
        return Divisor == 1 ? sum : FormattableString.Invariant($"({sum}) / {Divisor}");
    }
}
