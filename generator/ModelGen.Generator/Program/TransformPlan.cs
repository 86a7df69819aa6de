using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Programs;

/// <summary>One axis of a transform: <c>y[Outer] = Σ Matrix[y mod Group, r]·x[r]</c>.</summary>
/// <param name="Outer">The variable of the result.</param>
/// <param name="Inner">The variable summed over.</param>
/// <param name="Matrix">Group × inputs.</param>
/// <param name="Dimension">The axis of the tensor that is read along.</param>
internal sealed record TransformAxis(int Outer, int Inner, double[,] Matrix, int Dimension)
{
    /// <summary>Results made from the same inputs.</summary>
    public int Group => Matrix.GetLength(0);

    public int Inputs => Matrix.GetLength(1);
}

/// <summary>How a transform (see <see cref="Transform"/>) is computed: a tile of inputs lies in registers, once for each vector of the last axis.</summary>
internal sealed class TransformPlan
{
    private readonly IReadOnlyList<Axis> _axes;

    private TransformPlan(Kernel kernel, Expr.Load data, IReadOnlyList<TransformAxis> axes, int lanes)
    {
        (Kernel, Data, Axes, LaneVariable) = (kernel, data, axes, lanes);
        var first = (ReduceStage)kernel.Stages[0];
        _axes = kernel.Outer.Concat(first.Inner).ToList();
        var alone = Enumerable.Range(0, kernel.Outer.Count).Select(a => new[] { a }).ToList();
        Epilogue = kernel.Stages.Skip(1).Select(s => new LoopStage(
            s, Array.Empty<Axis>(), s.Expression.Loads().ToDictionary(l => l, Of),
            s is StoreStage t ? Access.Of(t.Argument, t.Index, kernel.Arguments[t.Argument], kernel.Outer) : null, i => i, alone)).ToList();
        Loops = Enumerable.Range(0, kernel.Outer.Count)
            .Where(j => j != lanes && (axes.FirstOrDefault(a => a.Outer == j) is not { } axis || Steps(axis))).ToList();

        Access Of(Expr.Load load) => Access.Of(load, kernel.Arguments[load.Node], kernel.Outer);
    }

    public Kernel Kernel { get; }

    /// <summary>The read of the tensor that is transformed.</summary>
    public Expr.Load Data { get; }

    public IReadOnlyList<TransformAxis> Axes { get; }

    /// <summary>The variable along which everything is contiguous.</summary>
    public int LaneVariable { get; }

    /// <summary>What is done with each result.</summary>
    public IReadOnlyList<LoopStage> Epilogue { get; }

    /// <summary>The variables to loop over, each in steps of <see cref="StepOf"/>.</summary>
    public IReadOnlyList<int> Loops { get; }

    public int Lanes => Kernel.Outer[LaneVariable].Factor;

    public int Local => ((ReduceStage)Kernel.Stages[0]).Local;

    public int StepOf(int variable) => Axes.FirstOrDefault(a => a.Outer == variable)?.Group ?? 1;

    /// <summary>True where the axis is longer than one group, so that there is a loop over its groups.</summary>
    public bool Steps(TransformAxis axis) => Kernel.Outer[axis.Outer].Factor > axis.Group;

    /// <summary>Elements from one input of a tile to the next.</summary>
    public long InputStride(TransformAxis axis) =>
        (long)Data.Index[axis.Dimension].Coefficients[axis.Inner] * Kernel.Arguments[Data.Node].Strides[axis.Dimension];

    /// <summary>True where input r of some tile lies outside the tensor and counts as zero.</summary>
    public bool IsGuarded(TransformAxis axis, int input)
    {
        var (index, size) = (Data.Index[axis.Dimension], Kernel.Arguments[Data.Node].Shape[axis.Dimension]);
        var fixedInput = new AffineIndex(index.Coefficients.With(axis.Inner, 0), index.Offset + index.Coefficients[axis.Inner] * input);
        return !fixedInput.AlwaysInside(_axes, size);
    }

    /// <summary>Null where the kernel is no transform or its data do not lie in rows: plain loops will do.</summary>
    public static TransformPlan? Of(Kernel kernel)
    {
        if (kernel.IsStepped || kernel.Stages[0] is not ReduceStage { Combine: Combine.Sum, Inner.Count: 1 or 2 } sum
            || Transform.Factors(sum.Body) is not { } loads) return null;
        var matrices = loads.Where(l => kernel.Arguments[l.Node].Literal.Count > 0).ToList();
        if (matrices.Count != sum.Inner.Count || loads.Count != matrices.Count + 1 || kernel.Stages.Skip(1).Any(s => s.Inner.Count > 0)) return null;
        var data = loads.Single(l => !matrices.Contains(l));
        var lanes = kernel.Outer.Count - 1;
        if (lanes < 0 || kernel.Outer[lanes].PerSample || data.Fill != 0) return null;
        var axes = new List<TransformAxis>();
        foreach (var load in matrices)
            if (AxisOf(kernel, sum, data, load) is { } axis && axis.Outer != lanes) axes.Add(axis);
        if (axes.Count != matrices.Count || axes.Select(a => a.Inner).Distinct().Count() != axes.Count
            || axes.Select(a => a.Outer).Distinct().Count() != axes.Count) return null;

        var plan = new TransformPlan(kernel, data, axes.OrderBy(a => a.Inner).ToList(), lanes);
        return plan.Loops.Count > 0 && plan.DataFits() && plan.EpilogueFits() ? plan : null;
    }

    private static TransformAxis? AxisOf(Kernel kernel, ReduceStage sum, Expr.Load data, Expr.Load matrix)
    {
        if (matrix.Index.Count != 2) return null;
        int outer = matrix.Index[0].AsVariable(), inner = matrix.Index[1].AsVariable(), rank = kernel.Outer.Count;
        if (outer < 0 || outer >= rank || inner < rank || kernel.Outer[outer].PerSample) return null;
        var dimensions = Enumerable.Range(0, data.Index.Count).Where(d => data.Index[d].DependsOn(inner)).ToList();
        if (dimensions.Count != 1 || sum.Inner[inner - rank].PerSample) return null;
        // The result's variable picks the group of inputs, or does not appear at all.
        int size = kernel.Outer[outer].Factor, inputs = sum.Inner[inner - rank].Factor, group = size;
        foreach (var index in data.Index.Where(i => i.DependsOn(outer)))
        {
            if (!index.Floor || index.Offset != 0 || index.Lookup is not null || index.Coefficients.Count(c => c != 0) != 1
                || index.Coefficients[outer] != 1) return null;
            group = Math.Min(size, index.Divisor);
        }
        var numbers = kernel.Arguments[matrix.Node].Literal;
        var values = new double[group, inputs];
        for (var o = 0; o < size; o++)
            for (var r = 0; r < inputs; r++)
            {
                var value = numbers[o * inputs + r];
                if (o < group) values[o, r] = value;
                else if (values[o % group, r] != value) return null;
            }
        return new(outer, inner, values, dimensions[0]);
    }

    // Contiguous along the lanes, and no test but of the positions of a tile.
    private bool DataFits()
    {
        var argument = Kernel.Arguments[Data.Node];
        long along = 0;
        for (var d = 0; d < Data.Index.Count; d++)
        {
            var index = Data.Index[d];
            if (index.Lookup is not null) return false;
            along += (long)index.Coefficients[LaneVariable] * argument.Strides[d];
            var isTiled = Axes.Any(a => a.Dimension == d);
            if (isTiled && (index.Divisor != 1 || index.Coefficients[LaneVariable] != 0 || Axes.Count(a => a.Dimension == d) != 1)) return false;
            if (!isTiled && (index.Divisor != 1 && !index.Floor || !index.AlwaysInside(_axes, argument.Shape[d]))) return false;
        }
        return along == 1;
    }

    private bool EpilogueFits() => Epilogue.All(s => s.PositionsAreLinear)
        && Epilogue.SelectMany(s => s.Accesses).All(a => a.Guards.Count == 0 && a.Special.Count == 0 && a.Strides[LaneVariable] is 0 or 1)
        && Epilogue.Where(s => s.Store is not null).All(s => s.Store!.Strides[LaneVariable] == 1);
}
