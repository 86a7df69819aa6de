using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>The launches of one kernel of the program: one, or those of its pieces with scratch memory between them.</summary>
internal sealed class GpuLaunches
{
    private readonly KernelPieces? _pieces;

    private GpuLaunches(IReadOnlyList<GpuLaunch> all, KernelPieces? pieces) => (All, _pieces) = (all, pieces);

    public IReadOnlyList<GpuLaunch> All { get; }

    public long ScratchFloats => _pieces?.ScratchFloats ?? 0;

    /// <summary>Start and length of a scratch tensor.</summary>
    public (long Start, long Length) Scratch(int argument) => _pieces!.Scratch(argument);

    /// <param name="based">Arguments that do not start where their view starts.</param>
    public static GpuLaunches Of(KernelEntry entry, IReadOnlyCollection<int> based)
    {
        var whole = GpuContraction.TryCreate(entry, based);
        var pieces = whole is not null ? SplitKernel.OfContraction(entry, whole.GroupsOfAPart) : SplitKernel.OfLoops(entry);
        if (pieces is null) return new(new[] { new GpuLaunch(new((GpuKernelText?)whole ?? new GpuLoopKernel(entry, based)), Enumerable.Range(0, entry.Arguments.Count).ToList()) }, null);
        return new(pieces.Pieces.Select(p => new GpuLaunch(new(Text(p, based)), p.Arguments)).ToList(), pieces);
    }

    private static GpuKernelText Text(KernelPiece piece, IReadOnlyCollection<int> based)
    {
        var own = Enumerable.Range(0, piece.Arguments.Count).Where(k => based.Contains(piece.Arguments[k])).ToList();
        return (GpuKernelText?)GpuContraction.TryCreate(piece.Entry, own, piece.IsPart) ?? new GpuLoopKernel(piece.Entry, own, piece.IsPart);
    }
}
