using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>A contraction with a long sum and a small result, as two kernels: the first computes the sums over parts of k side by side, the
/// second adds them up, in order, and does the epilogue.</summary>
/// <remarks>So are the weight gradients of convolutions: a few hundred elements, each a sum over every pixel of the batch. In one piece a
/// handful of groups would work and the rest of the device wait.</remarks>
internal sealed class SplitContraction
{
    /// <summary>Fewer terms than this are not worth a second launch.</summary>
    private const int ShortestSum = 2048;

    /// <summary>Terms that a part should have at least.</summary>
    private const int ShortestPart = 256;

    /// <summary>Groups that keep a large device busy.</summary>
    private const int WantedGroups = 264;

    private const int MostParts = 64;

    private SplitContraction(KernelEntry parts, IReadOnlyList<int> partsArguments, KernelEntry sum, IReadOnlyList<int> sumArguments, long scratchFloats)
    {
        (Parts, PartsArguments, Sum, SumArguments, ScratchFloats) = (parts, partsArguments, sum, sumArguments, scratchFloats);
    }

    /// <summary>The number that stands for the scratch memory among arguments.</summary>
    public const int Scratch = -1;

    public KernelEntry Parts { get; }

    /// <summary>For each argument of <see cref="Parts"/> the argument of the whole kernel it is.</summary>
    public IReadOnlyList<int> PartsArguments { get; }

    public KernelEntry Sum { get; }

    public IReadOnlyList<int> SumArguments { get; }

    public long ScratchFloats { get; }

    /// <summary>Null where one kernel does as well.</summary>
    /// <param name="groups">Groups of the whole contraction at a typical batch size.</param>
    /// <param name="k">The number of terms.</param>
    public static SplitContraction? Of(KernelEntry entry, long groups, Extent k)
    {
        var kernel = entry.Kernel;
        if (k.Typical < ShortestSum || !Extent.Of(kernel.Outer).IsLiteral) return null;
        var parts = (int)Math.Min(Math.Min(WantedGroups / Math.Max(1, groups), k.Typical / ShortestPart), MostParts);
        return parts < 2 ? null : Build(entry, parts);
    }

    private static SplitContraction Build(KernelEntry entry, int parts)
    {
        var kernel = entry.Kernel;
        var product = (ReduceStage)kernel.Stages[0];
        var rank = kernel.Outer.Count;
        var scratch = new KernelArgument(ElementType.F32, Shape.Of(kernel.Outer.Prepend(parts)), true);

        var partsArguments = product.Body.Loads().Select(l => l.Node).Distinct().Concat(new[] { Scratch }).ToList();
        // The part is one more outer axis, the first, that neither factor looks at.
        var innerRank = rank + product.Inner.Count;
        var moved = Enumerable.Range(0, innerRank).Select(j => AffineIndex.Variable(innerRank + 1, j + 1)).ToArray();
        var body = Substitution.Apply(Renumber(product.Body, partsArguments), moved, innerRank + 1)
            ?? throw new InvalidOperationException("A shifted index stays affine.");
        var partsKernel = new Kernel(
            kernel.Outer.Prepend(parts).ToEquatableArray(),
            new Stage[]
            {
                product with { Body = body },
                new StoreStage(EquatableArray<Axis>.Empty, new Expr.Local(product.Local), partsArguments.Count - 1,
                    Enumerable.Range(0, rank + 1).Select(j => AffineIndex.Variable(rank + 1, j)).ToEquatableArray()),
            }.ToEquatableArray(),
            Arguments(kernel, scratch, partsArguments));

        var epilogue = kernel.Stages.Skip(1).ToList();
        var sumArguments = new[] { Scratch }
            .Concat(epilogue.SelectMany(s => s.Expression.Loads().Select(l => l.Node).Concat(s is StoreStage store ? new[] { store.Argument } : Array.Empty<int>())).Distinct().OrderBy(a => a)).ToList();
        var term = new Expr.Load(0, Enumerable.Range(0, rank + 1).Select(d => AffineIndex.Variable(rank + 1, d == 0 ? rank : d - 1)).ToEquatableArray());
        var stages = new List<Stage> { new ReduceStage(product.Local, new Axis[] { parts }.ToEquatableArray(), Combine.Sum, term) };
        stages.AddRange(epilogue.Select(s => s switch
        {
            LetStage let => let with { Value = Renumber(let.Value, sumArguments) },
            StoreStage store => (Stage)(store with { Value = Renumber(store.Value, sumArguments), Argument = sumArguments.IndexOf(store.Argument) }),
            _ => throw new InvalidOperationException("An epilogue has no loops."),
        }));
        var sumKernel = new Kernel(kernel.Outer, stages.ToEquatableArray(), Arguments(kernel, scratch with { IsWritten = false }, sumArguments));

        string NameOf(int argument) => argument == Scratch ? "sums" : entry.Arguments[argument];
        return new(
            new(partsKernel, entry.Name, partsArguments.Select(NameOf).ToList(), entry.Formula),
            partsArguments,
            new(sumKernel, entry.Name + "_Sum", sumArguments.Select(NameOf).ToList(), entry.Formula),
            sumArguments,
            ModelLayout.Align(scratch.Shape.Length.Factor));
    }

    private static EquatableArray<KernelArgument> Arguments(Kernel kernel, KernelArgument scratch, IEnumerable<int> which) =>
        which.Select(a => a == Scratch ? scratch : kernel.Arguments[a]).ToEquatableArray();

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
