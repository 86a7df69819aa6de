using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>The launches of one kernel of the program, or of all steps of a recurrence: one, or those of its pieces with scratch memory between them.</summary>
internal sealed class GpuLaunches
{
    private readonly KernelPieces? _pieces;

    private GpuLaunches(IReadOnlyList<GpuLaunch> all, KernelPieces? pieces) => (All, _pieces) = (all, pieces);

    /// <summary>Gets the launches, in order.</summary>
    public IReadOnlyList<GpuLaunch> All { get; }

    /// <summary>Gets the floats of all scratch tensors.</summary>
    public long ScratchFloats => _pieces?.ScratchFloats ?? 0;

    /// <summary>Start and length of a scratch tensor.</summary>
    public (long Start, long Length) Scratch(int argument) => _pieces!.Scratch(argument);

    /// <param name="based">Arguments that do not start where their view starts.</param>
    /// <param name="forTensorCores">Whether products get a second form for tensor cores.</param>
    public static GpuLaunches Of(GpuTarget target, Kernel kernel, IReadOnlyCollection<int> based, bool forTensorCores)
    {
        var pieces = ProductSides.Of(kernel, isSplit: false) is { } sides
            ? SplitKernel.OfContraction(target, kernel, ProductSchedule.GroupsOfAPart(target, sides)) : SplitKernel.OfLoops(target, kernel);
        var all = pieces?.Pieces
            ?? new KernelPiece[] { new(kernel, Enumerable.Range(0, kernel.Arguments.Count).ToEquatableArray(), IsPart: false, Suffix: "") };
        return new(all.Select(p => Launch(target, p, based, forTensorCores)).ToList(), pieces);
    }

    /// <summary>The launches of all steps of a recurrence: copies of weights whose columns do not lie together, then one for the steps.</summary>
    public static GpuLaunches Of(StepLoopSchedule schedule)
    {
        var body = schedule.Body;
        // The arguments of the steps, then the originals of the copies: no stages, for the pieces have their own.
        var all = body.Arguments.Concat(body.Copies.Select(c => c.Argument)).ToEquatableArray();
        var pieces = new KernelPieces(new(EquatableArray<Axis>.Empty, EquatableArray<Stage>.Empty, all));
        var scratch = body.Copies.Select(c => pieces.AddScratch(c.Axes)).ToList();
        for (var c = 0; c < body.Copies.Count; c++)
        {
            var copy = body.Copies[c];
            var original = new Expr.Load(body.Arguments.Count + c, copy.Index);
            var store = new StoreStage(EquatableArray<Axis>.Empty, original, scratch[c], AffineIndex.Variables(copy.Axes.Count, copy.Axes.Count));
            pieces.Add("_Columns" + c.ToString(System.Globalization.CultureInfo.InvariantCulture), copy.Axes, new[] { store }, isPart: false);
        }
        var steps = new GpuLaunch(schedule, Enumerable.Range(0, body.Arguments.Count).Concat(scratch).ToEquatableArray());
        return new(pieces.Pieces.Select(p => Launch(schedule.Target, p, Array.Empty<int>(), forTensorCores: false)).Append(steps).ToList(), pieces);
    }

    private static GpuLaunch Launch(GpuTarget target, KernelPiece piece, IReadOnlyCollection<int> based, bool forTensorCores)
    {
        var own = Enumerable.Range(0, piece.Arguments.Count).Where(k => based.Contains(piece.Arguments[k])).ToList();
        if (ProductSides.Of(piece.Kernel, piece.IsPart) is not { } sides)
            return new(GpuLoopSchedule.Of(target, piece.Kernel, own, piece.IsPart), piece.Arguments, piece.Suffix);
        var product = ProductSchedule.Of(target, sides, own);
        return new(product, piece.Arguments, piece.Suffix, forTensorCores ? product.OnTensorCores(own) : null);
    }
}
