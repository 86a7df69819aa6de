using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>Builds the pieces of one kernel and counts the scratch memory between them.</summary>
internal sealed class KernelPieces
{
    private readonly Kernel _whole;
    private readonly List<KernelPiece> _pieces = new();
    private readonly List<Shape> _scratch = new();
    private readonly List<long> _starts = new();

    public KernelPieces(Kernel whole) => _whole = whole;

    public IReadOnlyList<KernelPiece> Pieces => _pieces;

    /// <summary>Floats of all scratch tensors; each starts on 256 bytes.</summary>
    public long ScratchFloats { get; private set; }

    /// <summary>Where a scratch tensor starts, and its length.</summary>
    public (long Start, long Length) Scratch(int argument) => (_starts[-1 - argument], _scratch[-1 - argument].Length.Factor);

    /// <summary>A new tensor between two pieces; its number stands for it in loads and stores.</summary>
    public int AddScratch(IEnumerable<Axis> axes)
    {
        var shape = Shape.Of(axes);
        _scratch.Add(shape);
        _starts.Add(ScratchFloats);
        ScratchFloats += ModelLayout.Align(shape.Length.Factor);
        return -_scratch.Count;
    }

    /// <summary>Adds a kernel whose stages name arguments of the whole kernel and scratch tensors.</summary>
    public void Add(string suffix, IEnumerable<Axis> outer, IReadOnlyList<Stage> stages, bool isPart)
    {
        var used = new List<int>();
        foreach (var stage in stages)
            foreach (var argument in stage.Expression.Loads().Select(l => l.Node).Concat(stage is StoreStage s ? new[] { s.Argument } : Array.Empty<int>()))
                if (!used.Contains(argument)) used.Add(argument);
        var written = new HashSet<int>(stages.OfType<StoreStage>().Select(s => s.Argument));
        var number = new Dictionary<int, int>();
        var renumbered = stages.Select(stage => stage switch
        {
            ReduceStage r => r with { Body = Renumber(r.Body, used), Local = number[r.Local] = number.Count },
            LetStage l => l with { Value = Renumber(l.Value, used), Local = number[l.Local] = number.Count },
            StoreStage s => (Stage)(s with { Value = Renumber(s.Value, used), Argument = used.IndexOf(s.Argument) }),
            _ => stage,
        }).Select(stage => stage switch
        {
            ReduceStage r => r with { Body = Rename(r.Body) },
            LetStage l => l with { Value = Rename(l.Value) },
            StoreStage s => (Stage)(s with { Value = Rename(s.Value) }),
            _ => stage,
        }).ToEquatableArray();
        var arguments = used
            .Select(a => a < 0 ? new KernelArgument(ElementType.F32, _scratch[-1 - a], written.Contains(a)) : _whole.Arguments[a]).ToEquatableArray();
        _pieces.Add(new(new(outer.ToEquatableArray(), renumbered, arguments), used.ToEquatableArray(), isPart, suffix));

        Expr Rename(Expr e) => e.Replace(x => x is Expr.Local l ? new Expr.Local(number[l.Id]) : null);
    }

    private static Expr Renumber(Expr e, List<int> arguments)
    {
        Expr.Load Of(Expr.Load l) => l with { Node = arguments.IndexOf(l.Node), Index = l.Index.Select(Index).ToEquatableArray() };
        AffineIndex Index(AffineIndex i) => i.Lookup is null ? i : i with { Lookup = Of(i.Lookup) };
        return e.Replace(x => x switch
        {
            Expr.Load l => Of(l),
            Expr.Valid v => new Expr.Valid(Of(v.Of)),
            Expr.IndexOf { Index.Lookup: not null } i => new Expr.IndexOf(Index(i.Index)),
            _ => null,
        });
    }
}
