using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Programs;

internal enum ContractionForm
{
    /// <summary>The columns of B lie side by side: broadcast an element of A, multiply a row piece of B, accumulate in registers.</summary>
    Rows,

    /// <summary>As Rows, after B has been laid out in panels.</summary>
    Panels,

    /// <summary>Both factors lie side by side along the axis summed over: multiply vectors, add up the lanes at the end.</summary>
    Dots,
}

/// <summary>The roles of a contraction's axes: <c>C[loops, m, n] = Σ_k A[loops, m, k]·B[loops, n, k]</c>.</summary>
internal sealed class ContractionPlan
{
    private ContractionPlan(LoopKernel loop, ContractionForm form, Expr.Load aLoad, Expr.Load bLoad, int m, int n)
    {
        (Loop, Form, ALoad, BLoad, MVariable, NVariable) = (loop, form, aLoad, bLoad, m, n);
        var stage = loop.Stages[0];
        (A, B) = (stage.Reads[aLoad], stage.Reads[bLoad]);
        K = stage.Inner;
        KVariables = Enumerable.Range(loop.Outer.Count, K.Count).ToList();
        LoopVariables = Enumerable.Range(0, loop.Outer.Count).Where(j => j != m && j != n).ToList();
    }

    public LoopKernel Loop { get; }

    public ContractionForm Form { get; }

    public Expr.Load ALoad { get; }

    public Expr.Load BLoad { get; }

    public Access A { get; }

    public Access B { get; }

    /// <summary>The axis whose elements are rows of a tile, or -1.</summary>
    public int MVariable { get; }

    /// <summary>The axis whose elements are columns of a tile.</summary>
    public int NVariable { get; }

    public Axis M => MVariable < 0 ? 1 : Loop.Outer[MVariable];

    public Axis N => Loop.Outer[NVariable];

    public IReadOnlyList<Axis> K { get; }

    public IReadOnlyList<int> KVariables { get; }

    /// <summary>Outer axes that are neither: batch axes and further rows and columns.</summary>
    public IReadOnlyList<int> LoopVariables { get; }

    /// <summary>Null where the kernel is no contraction or its data lie too scattered for tiles.</summary>
    public static ContractionPlan? Of(Kernel kernel)
    {
        if (!kernel.IsContraction) return null;
        var loop = LoopKernel.Of(kernel);
        var stage = loop.Stages[0];
        var (first, second) = Contraction.Factors(stage.Stage.Expression)!.Value;
        Access x = stage.Reads[first], y = stage.Reads[second];
        if (new[] { x, y }.Any(a => a.Guards.Count > 0 || a.Special.Count > 0) || stage.Inner.Count == 0) return null;
        var stores = loop.Stages.Where(s => s.Store is not null).Select(s => s.Store!).ToList();

        int Longest(IEnumerable<int> variables) => variables.OrderByDescending(j => loop.Outer[j].PerSample ? long.MaxValue : loop.Outer[j].Factor).ThenByDescending(j => j).Cast<int?>().FirstOrDefault() ?? -1;
        int RowsOf(Access a, Access b) => Longest(Enumerable.Range(loop.StepAxes, loop.Outer.Count - loop.StepAxes).Where(j => a.Strides[j] != 0 && b.Strides[j] == 0));

        // The result's own rows: an axis along which it is contiguous.
        var n = loop.Outer.Count - 1;
        while (n >= loop.StepAxes && !stores.All(s => s.Strides[n] == 1)) n--;
        ContractionPlan? dots = null;
        var lastK = loop.Outer.Count + stage.Inner.Count - 1;
        if (x.Strides[lastK] == 1 && y.Strides[lastK] == 1)
        {
            int rows = RowsOf(x, y), columns = RowsOf(y, x);
            if (rows >= 0 && columns >= 0) dots = new(loop, ContractionForm.Dots, first, second, rows, columns);
        }
        if (n < loop.StepAxes) return dots;
        foreach (var (a, b, aLoad, bLoad) in new[] { (x, y, first, second), (y, x, second, first) })
        {
            if (a.Strides[n] != 0 || b.Strides[n] == 0) continue;
            var plan = new ContractionPlan(loop, b.Strides[n] == 1 ? ContractionForm.Rows : ContractionForm.Panels, aLoad, bLoad, RowsOf(a, b), n);
            if (plan.Form == ContractionForm.Rows)
            {
                // Short rows leave lanes idle; where the summed axis is longer, dots use more of them.
                if (dots is not null && !plan.N.PerSample && plan.N.Factor < 16 && Length(stage.Inner[stage.Inner.Count - 1]) > plan.N.Factor) return dots;
                return plan;
            }
            // Panels need one stride along k, and a matrix that is the same for all loops.
            if (plan.K.Count == 1 && !plan.K[0].PerSample && !plan.N.PerSample && plan.LoopVariables.All(j => b.Strides[j] == 0)) return plan;
        }
        return dots;
    }

    /// <summary>The form without panels, where the factor turned out not to be a parameter.</summary>
    public ContractionPlan? WithoutPanels()
    {
        if (Form != ContractionForm.Panels) return this;
        var last = KVariables[KVariables.Count - 1];
        return A.Strides[last] == 1 && B.Strides[last] == 1 && MVariable >= 0 ? new(Loop, ContractionForm.Dots, ALoad, BLoad, MVariable, NVariable) : null;
    }

    private static int Length(Axis axis) => axis.PerSample ? int.MaxValue : axis.Factor;
}
