using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>The launches of one kernel of the program, or of all steps of a recurrence: one, or those of its pieces with scratch memory between them.</summary>
internal sealed class GpuLaunches
{
    private readonly KernelPieces? _pieces;

    private GpuLaunches(IReadOnlyList<GpuLaunch> all, KernelPieces? pieces) => (All, _pieces) = (all, pieces);

    public IReadOnlyList<GpuLaunch> All { get; }

    public long ScratchFloats => _pieces?.ScratchFloats ?? 0;

    /// <summary>Start and length of a scratch tensor.</summary>
    public (long Start, long Length) Scratch(int argument) => _pieces!.Scratch(argument);

    /// <param name="based">Arguments that do not start where their view starts.</param>
    /// <param name="forTensorCores">Whether products get a second form for tensor cores.</param>
    public static GpuLaunches Of(KernelEntry entry, IReadOnlyCollection<int> based, bool forTensorCores)
    {
        var whole = ProductSides.Of(entry, isSplit: false) is { } sides ? new FloatContraction(entry, based, sides) : null;
        var pieces = whole is not null ? SplitKernel.OfContraction(entry, whole.GroupsOfAPart) : SplitKernel.OfLoops(entry);
        var all = pieces?.Pieces ?? new[] { new KernelPiece(entry, Enumerable.Range(0, entry.Arguments.Count).ToList(), IsPart: false) };
        return new(all.Select(p => Launch(p, based, forTensorCores)).ToList(), pieces);
    }

    /// <summary>The launches of all steps of a recurrence: copies of weights whose columns do not lie together, then one for the steps.</summary>
    /// <param name="name">Of the method.</param>
    /// <param name="names">Of the arguments.</param>
    /// <param name="based">Arguments that do not start where their view starts.</param>
    public static GpuLaunches Of(
        StepBody body, StepLoopSchedule schedule, string name, IReadOnlyList<string> names, string formula, IReadOnlyCollection<int> based)
    {
        // The arguments of the steps, then the originals of the copies: no stages, for the pieces have their own.
        var all = body.Arguments.Concat(body.Copies.Select(c => c.Argument)).ToEquatableArray();
        var pieces = new KernelPieces(new(new(EquatableArray<Axis>.Empty, EquatableArray<Stage>.Empty, all), name, names, formula));
        var scratch = body.Copies.Select(c => pieces.AddScratch(c.Axes)).ToList();
        for (var c = 0; c < body.Copies.Count; c++)
        {
            var copy = body.Copies[c];
            var original = new Expr.Load(body.Arguments.Count + c, copy.Index);
            var store = new StoreStage(EquatableArray<Axis>.Empty, original, scratch[c], AffineIndex.Variables(copy.Axes.Count, copy.Axes.Count));
            pieces.Add("_Columns" + Extent.Number(c), copy.Axes, new[] { store }, isPart: false);
        }
        var arguments = body.Arguments.Concat(body.Copies.Select(c => new KernelArgument(ElementType.F32, Shape.Of(c.Axes), false))).ToEquatableArray();
        var entry = new KernelEntry(new(EquatableArray<Axis>.Empty, EquatableArray<Stage>.Empty, arguments), name,
            names.Take(body.Arguments.Count).Concat(scratch.Select(s => "scratch" + Extent.Number(-1 - s))).ToList(), formula);
        var steps = new GpuLaunch(new(new StepLoopKernel(entry, based, body, schedule)), Enumerable.Range(0, body.Arguments.Count).Concat(scratch).ToList(),
            null);
        return new(pieces.Pieces.Select(p => Launch(p, Array.Empty<int>(), forTensorCores: false)).Append(steps).ToList(), pieces);
    }

    private static GpuLaunch Launch(KernelPiece piece, IReadOnlyCollection<int> based, bool forTensorCores)
    {
        var own = Enumerable.Range(0, piece.Arguments.Count).Where(k => based.Contains(piece.Arguments[k])).ToList();
        if (ProductSides.Of(piece.Entry, piece.IsPart) is not { } sides)
            return new(new(new GpuLoopKernel(piece.Entry, own, piece.IsPart)), piece.Arguments, null);
        var product = new FloatContraction(piece.Entry, own, sides);
        var tensor = forTensorCores ? TensorContraction.TryCreate(piece.Entry, own, sides, product) : null;
        return new(new(product), piece.Arguments, tensor is null ? null : new(tensor, "_Tensor"));
    }
}
