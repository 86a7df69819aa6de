using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class ScaledDotProductAttention : Op
{
    public override string Name => "ScaledDotProductAttention";

    public override string Summary => "Computes softmax(query·keyᵀ · scale)·value: f32[N,…,T,D], f32[N,…,S,D], f32[N,…,S,E] → f32[N,…,T,E].";

    public override string ShortName => "attention";

    public override OpDoc Doc => new("softmax(q·kᵀ / √d)·v", "q [N, …, T, D], k [N, …, S, D], v [N, …, S, E] → [N, …, T, E]", "Vaswani et al. 2017, eq. 1",
        "q and k agree in D, k and v in S, all in the leading axes. Causal: query i sees keys j ≤ i. The attnMask is added to the scores. A query that "
            + "sees no key gives 0, and no gradient. A shorter form takes a mask that is 0 where a query does not see a key.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("query", "what asks, f32[N,…,T,D]"),
        OpParameter.Tensor("key", "what is asked, f32[N,…,S,D]"),
        OpParameter.Tensor("value", "what is answered, f32[N,…,S,E]"),
        OpParameter.OptionalTensor("attnMask", "what is added to the scores, −∞ where a query does not see a key; broadcasts to f32[N,…,T,S]"),
        OpParameter.Real("dropoutP", "the probability with which a weight is dropped in training, in [0, 1)", 0),
        OpParameter.Boolean("isCausal", "whether query i sees keys j ≤ i only", false),
        OpParameter.OptionalReal("scale", "the factor of the products; 1 / √D where null"),
        OpParameter.Boolean("enableGqa", "whether key and value may have fewer heads (axis 1), each for several of the query's", false),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("query", SampleOperand.Of(Axis.Batch, 5, 4)), ("key", SampleOperand.Of(Axis.Batch, 6, 4)), ("value", SampleOperand.Of(Axis.Batch, 6, 3))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node q = call.Tensor("query"), k = call.Tensor("key"), v = call.Tensor("value");
        var rank = q.Shape.Rank - 2;
        if (rank < 1 || k.Shape.Rank != q.Shape.Rank || v.Shape.Rank != q.Shape.Rank)
            throw call.Fail("MG2002", $"expects query, key and value of one rank, [N,…,T,D], got {q.Shape}, {k.Shape} and {v.Shape}");
        if (rank <= 2)
        {
            var names = (rank == 1 ? new[] { "n" } : new[] { "n", "h" }).Concat(new[] { "t", "d" }).ToArray();
            (q, k, v) = (call.Builder.NameAxes(q, names), call.Builder.NameAxes(k, names), call.Builder.NameAxes(v, names));
        }
        if (call.Boolean("enableGqa")) (k, v) = (Shared(call, q, k, "key"), Shared(call, q, v, "value"));
        var leading = Shape.Of(q.Shape.Axes.Take(rank));
        if (!leading.Axes.SequenceEqual(k.Shape.Axes.Take(rank)) || !leading.Axes.SequenceEqual(v.Shape.Axes.Take(rank)))
            throw call.Fail("MG2001", $"needs query, key and value to agree in the leading axes, got {q.Shape}, {k.Shape} and {v.Shape}");
        Axis queries = q.Shape[rank].Named("q"), keys = k.Shape[rank].Named("k"), features = q.Shape[rank + 1].Named("d");
        if (k.Shape[rank + 1] != features) throw call.Fail("MG2001",
            $"needs query and key of equally many features, got {q.Shape} and {k.Shape}: {features} and {k.Shape[rank + 1]}");
        if (v.Shape[rank] != keys) throw call.Fail("MG2001",
            $"needs a value for each key, got {k.Shape} and {v.Shape}: {keys} keys and {v.Shape[rank]} values");
        var scale = call.Has("scale") ? call.Real("scale") : 1 / Math.Sqrt(features.Factor);
        var scores = Shape.Of(leading.Axes.Append(queries).Append(keys));
        var dropout = call.Probability("dropoutP");
        // The short form says causal, and has a mask of zeros and ones.
        var options = new AttentionOptions(call.Boolean("isCausal") || call.Has("causal") && call.Boolean("causal"), scale)
        {
            Mask = Attention.Fitting(call, "mask", scores),
            Bias = Attention.Fitting(call, "attnMask", scores),
            Dropout = call.IsTraining ? dropout : 0,
        };
        Expr Read(Node x, AffineIndex[] lead, AffineIndex time, AffineIndex feature) => GraphBuilder.Load(x, lead.Append(time).Append(feature).ToArray());
        Node Weights(int from, Axis count, Axis seen)
        {
            Node asking = Attention.Block(call.Builder, q, rank, from, count), asked = Attention.Block(call.Builder, k, rank, 0, seen);
            return Attention.Weights(call.Builder, leading, from, count, seen, features, options,
                (lead, time, feature) => Read(asking, lead, time, feature), (lead, time, feature) => Read(asked, lead, time, feature));
        }
        // out: leading…, t, e; then s
        Node Mix(Node weights, Axis count, Axis seen)
        {
            var values = Attention.Block(call.Builder, v, rank, 0, seen);
            return call.Builder.Compute(Shape.Of(leading.Axes.Append(count).Append(v.Shape[rank + 1])), new[] { seen }, Combine.Sum, o =>
                Read(weights, o.Take(rank).ToArray(), o[rank], o[rank + 2]) * Read(values, o.Take(rank).ToArray(), o[rank + 2], o[rank + 1]));
        }
        return One(Attention.Mixed(call.Builder, leading, queries, keys, options.Causal, Weights, Mix, rank));
    }

    // Each head of x for as many of the query's, one after the other.
    private static Node Shared(OpCall call, Node q, Node x, string name)
    {
        if (x.Shape.Rank < 4 || x.Shape[1] == q.Shape[1]) return x;
        int own = x.Shape[1].Factor, wanted = q.Shape[1].Factor;
        if (wanted % own != 0) throw call.Fail("MG2012", $"needs heads of the {name} that divide those of the query: {wanted} / {own} leaves {wanted % own}");
        return Tile.Along(call.Builder, x, 1, wanted / own, outside: false);
    }
}
