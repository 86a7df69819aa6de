namespace ModelGen.Generator.Ops;

internal sealed class AdaptiveAvgPool3d : AdaptiveAvgPoolOp
{
    public AdaptiveAvgPool3d() : base(3)
    {
    }
}
