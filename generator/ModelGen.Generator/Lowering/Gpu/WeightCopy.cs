using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>A factor that is copied before the loop over steps, the columns last, so that neighbouring threads read neighbouring elements in each
/// step.</summary>
/// <param name="Node">The factor.</param>
/// <param name="Argument">The same as an argument.</param>
/// <param name="Axes">Of the copy: the terms, then the columns.</param>
/// <param name="Index">Where an element of the copy comes from.</param>
internal sealed record WeightCopy(int Node, KernelArgument Argument, EquatableArray<Axis> Axes, EquatableArray<AffineIndex> Index)
{
    /// <param name="node">What the factor of the kernel's first stage reads; it depends on terms and columns alone.</param>
    public static WeightCopy Of(int node, Kernel kernel, Expr.Load load)
    {
        int rank = kernel.Outer.Count, terms = kernel.Stages[0].Inner.Count;
        var columns = Columns(kernel, load).ToList();
        var copied = terms + columns.Count;
        var moved = Enumerable.Range(0, rank + terms).Select(j => j >= rank ? AffineIndex.Variable(copied, j - rank)
            : columns.Contains(j) ? AffineIndex.Variable(copied, terms + columns.IndexOf(j)) : AffineIndex.Constant(copied, 0)).ToArray();
        var index = load.Index.Select(i => i.Substitute(moved, copied) ?? throw new InvalidOperationException("A permuted index stays affine."));
        var axes = kernel.Stages[0].Inner.Concat(columns.Select(j => kernel.Outer[j]).ToEquatableArray());
        return new(node, kernel.Arguments[load.Node], axes, index.ToEquatableArray());
    }

    /// <summary>The place of an element in the copy, over the loop's variables.</summary>
    public static Access Place(int number, LoopKernel loop, Access original)
    {
        var strides = new int[original.Strides.Count];
        var below = 1;
        foreach (var j in Enumerable.Range(0, loop.Outer.Count).Reverse().Where(j => original.Strides[j] != 0))
        {
            strides[j] = below;
            below *= loop.Outer[j].Factor;
        }
        // The terms are one axis.
        strides[loop.Outer.Count] = below;
        return new(number, 0, strides.ToEquatableArray(), EquatableArray<Guard>.Empty, EquatableArray<SpecialTerm>.Empty);
    }

    private static IEnumerable<int> Columns(Kernel kernel, Expr.Load load) =>
        Enumerable.Range(0, kernel.Outer.Count).Where(j => load.Index.Any(i => i.DependsOn(j)));
}
