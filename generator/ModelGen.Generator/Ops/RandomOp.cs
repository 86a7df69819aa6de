using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>Random numbers, drawn anew in every step from its seed and the position alone, so that they do not depend on threads.</summary>
internal abstract class RandomOp : Op
{
    public override bool HasDerivative => false;

    protected const string Remark = "Drawn anew in every training step from its seed, the same bits on any number of threads; a prediction draws with "
        + "seed 0. No derivative.";

    /// <summary>A number at a position, from uniform ones.</summary>
    protected abstract Expr Draw(GraphBuilder b, Func<int, Expr> uniform);

    /// <summary>Random numbers of a shape.</summary>
    protected Node Of(GraphBuilder b, Shape shape)
    {
        var streams = new List<int>();
        return b.Compute(shape, Array.Empty<Axis>(), Combine.None, v =>
        {
            var position = Dropout.Position(shape, v);
            return Draw(b, stream =>
            {
                while (streams.Count <= stream) streams.Add(b.NextRandomStream());
                return new Expr.Random(streams[stream], position);
            });
        });
    }

    /// <summary>By Box and Muller (1958): √(-2 log u) · cos 2πv, with u in (0, 1].</summary>
    protected static Expr Normal(Func<int, Expr> uniform) =>
        Expr.Sqrt(-2 * Expr.Log(1 - uniform(0))) * Expr.Cos(2 * Math.PI * uniform(1));

    /// <summary>The sizes of the argument "shape", for each sample.</summary>
    protected static Shape PerSample(OpCall call) => Shape.Of(Full.SizesOf(call).Axes.Prepend(Axis.Batch));
}
