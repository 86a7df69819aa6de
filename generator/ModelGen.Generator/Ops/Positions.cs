using System;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

/// <summary>What the positional encodings share.</summary>
internal static class Positions
{
    /// <summary>t · base^(-2i / features), the angle of pair i at time t.</summary>
    public static Expr Angle(AffineIndex time, AffineIndex pair, int features, double @base) =>
        new Expr.IndexOf(time) * Expr.Exp(-2 * Math.Log(@base) / features * (Expr)new Expr.IndexOf(pair));
}
