using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Autodiff;

/// <summary>Turns "reads x at f(v)" around: for each element i of x, the sum over all iterations v with f(v) = i of a term.</summary>
/// <remarks>For each axis of x one variable is solved for (v_a = (i - rest) / c) and the others stay as summation variables; a variable that no
/// index mentions (a broadcast) is summed over. Where an index is a mixed-radix number that covers the axis (a window as wide as its
/// stride), the axis is split into its digits and nothing is left to sum.</remarks>
internal static class Transpose
{
    /// <param name="x">The tensor read.</param>
    /// <param name="load">How it is read, over variables of the given axes.</param>
    /// <param name="outputRank">The first variables index the output (and so the cotangent); a solved one outside its range reads zeros.</param>
    /// <param name="term">What each iteration contributes, over the same variables.</param>
    public static Node Apply(GraphBuilder builder, Node x, Expr.Load load, IReadOnlyList<Axis> axes, int outputRank, Expr term) =>
        // A variable solved as a fraction cannot stand inside a rounded index; where one does, such variables are summed over instead.
        TryApply(builder, x, load, axes, outputRank, term, fractions: true)
        ?? TryApply(builder, x, load, axes, outputRank, term, fractions: false)
        ?? throw new System.InvalidOperationException($"The gradient of {load} has no affine form.");

    private static Node? TryApply(GraphBuilder builder, Node x, Expr.Load load, IReadOnlyList<Axis> axes, int outputRank, Expr term, bool fractions)
    {
        var shape = x.Shape;
        var uses = axes.Select((_, j) => load.Index.Count(i => i.DependsOn(j))).ToArray();

        // 1. Which variable each axis of x gives.
        var digits = new int[shape.Rank][];
        var pivots = new int[shape.Rank];
        // What the windows cover of each axis: the rest, too short for one more, gets zeros.
        var covered = shape.Axes.ToArray();
        for (var d = 0; d < shape.Rank; d++)
        {
            pivots[d] = -1;
            digits[d] = Digits(load.Index[d], shape[d], axes, uses);
            if (digits[d].Length > 0)
                covered[d] = new Axis(digits[d].Aggregate(1, (p, j) => p * axes[j].Factor), shape[d].PerSample).Named(shape[d].Name);
        }
        foreach (var d in Enumerable.Range(0, shape.Rank).OrderBy(d => load.Index[d].Coefficients.Count(c => c != 0)))
            if (digits[d].Length == 0) pivots[d] = Pivot(load.Index[d], load.Index, axes, outputRank, fractions, pivots, digits);

        // 2. The new variables: positions in x (digits apart), then the variables left to sum.
        var output = new List<Axis>();
        var position = new List<int>[shape.Rank];
        for (var d = 0; d < shape.Rank; d++)
        {
            position[d] = new List<int>();
            foreach (var axis in digits[d].Length > 0 ? digits[d].Select(j => axes[j]) : new[] { Named(shape[d], load.Index[d], axes) })
            {
                position[d].Add(output.Count);
                output.Add(axis);
            }
        }
        var given = new HashSet<int>(pivots.Where(p => p >= 0).Concat(digits.SelectMany(g => g)));
        var free = Enumerable.Range(0, axes.Count).Where(j => !given.Contains(j)).ToList();
        // A rounded index v / s = i leaves v = s·i + t with t below s to sum.
        var rounded = Enumerable.Range(0, shape.Rank).Where(d => pivots[d] >= 0 && load.Index[d].Floor).ToList();
        var rank = output.Count + free.Count + rounded.Count;

        var variables = new AffineIndex[axes.Count];
        for (var f = 0; f < free.Count; f++) variables[free[f]] = AffineIndex.Variable(rank, output.Count + f);
        for (var d = 0; d < shape.Rank; d++)
            for (var g = 0; g < digits[d].Length; g++) variables[digits[d][g]] = AffineIndex.Variable(rank, position[d][g]);
        var conditions = new List<Expr>();
        for (var d = 0; d < shape.Rank; d++)
        {
            if (pivots[d] < 0) continue;
            var extra = rounded.Contains(d) ? AffineIndex.Variable(rank, output.Count + free.Count + rounded.IndexOf(d)) : null;
            variables[pivots[d]] = Solve(load.Index[d], pivots[d], AffineIndex.Variable(rank, position[d][0]), extra, variables, rank);
        }
        var all = output.Concat(free.Select(j => axes[j])).Concat(rounded.Select(d => new Axis("r" + shape[d].Name, load.Index[d].Divisor))).ToArray();

        // 3. What a solved variable does not settle by itself is a condition.
        for (var d = 0; d < shape.Rank; d++)
        {
            if (digits[d].Length > 0) continue;
            var i = AffineIndex.Variable(rank, position[d][0]);
            if (pivots[d] < 0)
            {
                if (load.Index[d].Substitute(variables, rank) is not { } read) return null;
                if (shape[d].IsOne && read.AlwaysInside(all, shape[d])) continue;
                // An exact quotient is compared by its numerator: where it has no position the two differ.
                var scale = read is { Floor: false, Lookup: null } ? read.Divisor : 1;
                conditions.Add(Expr.Equal(new Expr.IndexOf(scale == 1 ? read : read with { Divisor = 1 }), new Expr.IndexOf(i.Times(scale))));
            }
            else if (pivots[d] >= outputRank && !variables[pivots[d]].AlwaysInside(all, axes[pivots[d]]))
            {
                var solved = new Expr.IndexOf(variables[pivots[d]]);
                conditions.Add(new Expr.Both(solved >= 0, solved < new Expr.SizeOf(axes[pivots[d]])));
            }
        }

        // 4. The term over the new variables. Every read of x at this load's index is now at i itself, inside.
        if (Substitution.Apply(term, variables, rank) is not { } body) return null;
        body = AlwaysTrue(builder, body, all);
        foreach (var condition in conditions) body = Expr.Where(condition, body, Expr.Zero);

        var reduced = all.Skip(output.Count).ToArray();
        var gradient = reduced.Length == 0
            ? builder.Compute(Shape.Of(output), reduced, Combine.None, body)
            : Summation.Apply(builder, Shape.Of(output), reduced, body);
        gradient = builder.Reshape(gradient, Shape.Of(covered));
        return gradient.Shape == shape ? gradient : builder.Compute(shape, System.Array.Empty<Axis>(), Combine.None, v => GraphBuilder.Load(gradient, v));
    }

    // An axis that is read at a variable itself has the variable's name: what the layer before calls an output is an input here.
    private static Axis Named(Axis axis, AffineIndex read, IReadOnlyList<Axis> axes) =>
        read.AsVariable() is var v and >= 0 && axes[v].Name.Length > 0 ? axis.Named(axes[v].Name) : axis;

    // v_pivot = (divisor·i [+ t] - offset - Σ others) / c
    private static AffineIndex Solve(AffineIndex f, int pivot, AffineIndex i, AffineIndex? remainder, AffineIndex[] variables, int rank)
    {
        var sum = i.Times(f.Divisor).Plus(AffineIndex.Constant(rank, -f.Offset));
        if (remainder is not null) sum = sum.Plus(remainder);
        for (var j = 0; j < f.Rank; j++)
            if (j != pivot && f.Coefficients[j] != 0) sum = sum.Plus(variables[j].Times(-f.Coefficients[j]));
        var c = f.Coefficients[pivot];
        return c < 0 ? sum.Times(-1) with { Divisor = -c } : sum with { Divisor = c };
    }

    // Prefers an output variable (its range is then checked by the read of the cotangent), coefficient ±1 for variables whose range must be
    // compared, and among the rest the longest: the fewest terms are left to sum.
    private static int Pivot(AffineIndex f, IReadOnlyList<AffineIndex> index, IReadOnlyList<Axis> axes, int outputRank, bool fractions, int[] pivots,
        int[][] digits)
    {
        var best = -1;
        if (f.Lookup is not null) return best;
        long bestScore = -1;
        for (var j = 0; j < axes.Count; j++)
        {
            var c = System.Math.Abs(f.Coefficients[j]);
            if (c == 0 || pivots.Contains(j) || digits.Any(g => g is not null && g.Contains(j))) continue;
            if ((j >= outputRank || !fractions) && c != 1) continue;
            if (f.Floor && c != 1) continue;
            // All other variables of an index with a pivot must stay free: they may not be solved elsewhere by something not yet known.
            if (Enumerable.Range(0, index.Count).Any(d => pivots[d] >= 0 && index[d].DependsOn(j))) continue;
            if (Enumerable.Range(0, axes.Count).Any(k => k != j && f.DependsOn(k) && pivots.Contains(k))) continue;
            var score = axes[j].PerSample ? long.MaxValue / 2 : axes[j].Factor + (j < outputRank ? 1L << 40 : 0);
            if (score <= bestScore) continue;
            (best, bestScore) = (j, score);
        }
        return best;
    }

    // The variables of a mixed-radix index, most significant first, where they cover the axis or the beginning of it; else none.
    private static int[] Digits(AffineIndex f, Axis size, IReadOnlyList<Axis> axes, int[] uses)
    {
        var none = System.Array.Empty<int>();
        if (f.Offset != 0 || f.Divisor != 1 || f.Lookup is not null) return none;
        var variables = Enumerable.Range(0, axes.Count).Where(f.DependsOn).OrderByDescending(j => f.Coefficients[j]).ToArray();
        if (variables.Length < 2 || variables.Any(j => f.Coefficients[j] < 0 || uses[j] != 1)) return none;
        var weight = 1;
        for (var k = variables.Length - 1; k >= 0; k--)
        {
            if (f.Coefficients[variables[k]] != weight) return none;
            if (axes[variables[k]].PerSample && k > 0) return none;
            weight *= axes[variables[k]].Factor;
        }
        var batch = axes[variables[0]].PerSample;
        return size.PerSample == batch && (batch ? weight == size.Factor : weight <= size.Factor) ? variables : none;
    }

    private static Expr AlwaysTrue(GraphBuilder builder, Expr body, IReadOnlyList<Axis> axes) => body.Rewrite(e =>
        e is Expr.SelectNode { Condition: Expr.Valid v } s && IsInside(builder, v.Of, axes) ? s.Then : e);

    internal static bool IsInside(GraphBuilder builder, Expr.Load load, IReadOnlyList<Axis> axes)
    {
        var shape = builder[load.Node].Shape;
        for (var d = 0; d < shape.Rank; d++)
            if (!load.Index[d].AlwaysInside(axes, shape[d])) return false;
        return true;
    }
}
