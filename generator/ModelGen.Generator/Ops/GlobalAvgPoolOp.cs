using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>The mean over all positions of <c>rank</c> spatial axes.</summary>
internal abstract class GlobalAvgPoolOp : Op
{
    private readonly int _rank;

    protected GlobalAvgPoolOp(int rank) => _rank = rank;

    public override string Name => $"GlobalAvgPool{_rank}d";

    public override string Summary => $"Returns the mean over all positions: {Spatial.Type(_rank)} → f32[N,C].";

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new("y[n,c] = mean_s x[n,c,s]", "[N, C, L…] → [N, C]", "Lin, Chen and Yan 2013, section 3.2");

    public override string ShortName => "pool";

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[] { OpParameter.Tensor("x") };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", Spatial.Sample(_rank, 6))) };

    public override IReadOnlyList<Node> Build(OpCall call) =>
        One(call.Builder.Mean(Spatial.Operand(call, _rank), Enumerable.Range(2, _rank).ToArray()));
}
