using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Einsum : Op
{
    public override string Name => "Einsum";

    public override string Summary => "Sums products of elements by an equation: <c>\"nik,nkj->nij\"</c> is a product of matrices.";

    public override OpDoc Doc => new("y[out] = Σ over the other letters of Π x[own letters]", "by the equation", "torch.einsum",
        "A letter names an axis; the same letter has the same size in all operands, and twice in one it takes a diagonal. Without an arrow the result has the "
        + "letters that occur once, in the order of the alphabet. '...' stands for leading axes. More than two operands are multiplied from left to right.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Text("equation", "the letters of the axes of each operand, by comma, and after -> those of the result"),
        OpParameter.Tensors("xs", "the operands"),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("equation", "nik,nkj->nij"), ("xs", new[] { SampleOperand.Of(Axis.Batch, 2, 3), SampleOperand.Of(Axis.Batch, 3, 4) })),
        new OpSample(("equation", "nii"), ("xs", new[] { SampleOperand.Of(Axis.Batch, 3, 3) })),
        new OpSample(("equation", "...i,oi,o->...o"), ("xs", new[] { SampleOperand.Of(Axis.Batch, 2, 3), SampleOperand.Of(4, 3), SampleOperand.Of(4) })),
    };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2001", new OpSample(("equation", "ni,ni->n"), ("xs", new[] { SampleOperand.Of(Axis.Batch, 2), SampleOperand.Of(Axis.Batch, 3) }))),
        ("MG2009", new OpSample(("equation", "ni->no"), ("xs", new[] { SampleOperand.Of(Axis.Batch, 2) }))),
        ("MG2009", new OpSample(("equation", "ni,n->n"), ("xs", new[] { SampleOperand.Of(Axis.Batch, 2) }))),
        ("MG2002", new OpSample(("equation", "nij->n"), ("xs", new[] { SampleOperand.Of(Axis.Batch, 2) }))),
        ("MG2007", new OpSample(("equation", "ni->in"), ("xs", new[] { SampleOperand.Of(Axis.Batch, 2) }))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var equation = call.Text("equation").Replace(" ", "");
        var sides = equation.Split(new[] { "->" }, StringSplitOptions.None);
        if (sides.Length > 2) throw call.Fail("MG2009", $"needs one -> at most in \"{equation}\"");
        var xs = call.Tensors("xs");
        var terms = sides[0].Split(',');
        if (terms.Length != xs.Count)
            throw call.Fail("MG2009", $"has {terms.Length} operands in \"{sides[0]}\", but is given {xs.Count} tensors");
        var letters = terms.Select((term, i) => Letters(call, term, xs[i].Shape.Rank, xs[i].Shape)).ToList();
        // An ellipsis is as many capital letters of the Greek alphabet as it stands for axes, aligned at the end.
        var most = letters.Max(l => l.Count(IsEllipsis));
        var output = sides.Length == 2 ? Output(call, sides[1], most, equation)
            : Ellipsis(most).Concat(letters.SelectMany(l => l).Where(l => !IsEllipsis(l)).GroupBy(l => l).Where(g => g.Count() == 1).Select(g =>
                g.Key).OrderBy(l => l)).ToList();

        var sizes = new Dictionary<char, Axis>();
        for (var i = 0; i < xs.Count; i++)
            for (var a = 0; a < letters[i].Count; a++)
            {
                var (letter, size) = (letters[i][a], xs[i].Shape[a]);
                if (!sizes.TryGetValue(letter, out var known)) sizes[letter] = IsEllipsis(letter) ? size : size.Named(letter.ToString());
                else if (known.IsOne && IsEllipsis(letter)) sizes[letter] = size;
                else if (known != size && !(size.IsOne && IsEllipsis(letter)))
                    throw call.Fail("MG2001", $"\"{equation}\" needs one size for '{letter}', got {known} and {size} in {xs[i].Shape}");
            }
        foreach (var letter in output)
            if (!sizes.ContainsKey(letter)) throw call.Fail("MG2009", $"has '{letter}' in the result of \"{equation}\", but in no operand");
        if (output.Distinct().Count() != output.Count) throw call.Fail("MG2009", $"has a letter twice in the result of \"{equation}\"");
        if (output.Skip(1).Any(l => sizes[l].PerSample))
            throw call.Fail("MG2007", $"of \"{equation}\" would be [{string.Join(",", output.Select(l => sizes[l]))}]: the batch axis has to stay first");

        var (value, own) = (xs[0], letters[0]);
        for (var i = 1; i < xs.Count; i++)
        {
            // What neither the result nor a later operand has is summed now.
            var later = new HashSet<char>(output.Concat(letters.Skip(i + 1).SelectMany(l => l)));
            var kept = i == xs.Count - 1 ? output
                : own.Concat(letters[i]).Distinct().Where(later.Contains).OrderByDescending(l => sizes[l].PerSample).ToList();
            value = Product(call.Builder, new[] { (value, own), (xs[i], letters[i]) }, kept, sizes);
            own = kept;
        }
        return One(xs.Count == 1 ? Product(call.Builder, new[] { (value, own) }, output, sizes) : value);
    }

    private static Node Product(GraphBuilder b, IReadOnlyList<(Node Node, List<char> Letters)> factors, List<char> output, Dictionary<char, Axis> sizes)
    {
        var reduced = factors.SelectMany(f => f.Letters).Distinct().Where(l => !output.Contains(l)).ToList();
        var order = output.Concat(reduced).ToList();
        return b.Compute(Shape.Of(output.Select(l => sizes[l])), reduced.Select(l => sizes[l]).ToArray(), reduced.Count == 0 ? Combine.None : Combine.Sum, v =>
            factors.Select(f => (Expr)GraphBuilder.Load(f.Node, f.Letters
                .Select((l, a) => f.Node.Shape[a].IsOne ? AffineIndex.Constant(v.Length, 0) : v[order.IndexOf(l)]).ToArray())).Aggregate((x, y) => x * y),
            factors.Count > 1 && reduced.Count > 0 ? Purpose.Product : null);
    }

    private static bool IsEllipsis(char letter) => letter >= 'Α';

    private static IEnumerable<char> Ellipsis(int count) => Enumerable.Range(0, count).Reverse().Select(k => (char)('Α' + k));

    private static List<char> Letters(OpCall call, string term, int rank, Shape shape)
    {
        var dots = term.IndexOf("...", StringComparison.Ordinal);
        var named = dots < 0 ? term : term.Remove(dots, 3);
        if (named.FirstOrDefault(c => c is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z')) is var other and not '\0')
            throw call.Fail("MG2009", $"has '{other}' in \"{term}\": axes are named by letters");
        if (dots < 0 ? named.Length != rank : named.Length > rank)
            throw call.Fail("MG2002", $"names {named.Length} axes in \"{term}\", but the operand is {shape}");
        return dots < 0 ? named.ToList() : named.Take(dots).Concat(Ellipsis(rank - named.Length)).Concat(named.Skip(dots)).ToList();
    }

    private static List<char> Output(OpCall call, string term, int ellipsis, string equation)
    {
        var dots = term.IndexOf("...", StringComparison.Ordinal);
        var named = dots < 0 ? term : term.Remove(dots, 3);
        if (named.FirstOrDefault(c => c is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z')) is var other and not '\0')
            throw call.Fail("MG2009", $"has '{other}' in the result of \"{equation}\": axes are named by letters");
        return dots < 0 ? named.ToList() : named.Take(dots).Concat(Ellipsis(ellipsis)).Concat(named.Skip(dots)).ToList();
    }
}
