namespace ModelGen.Generator.Ops;

internal sealed class AdaptiveAvgPool2d : AdaptiveAvgPoolOp
{
    public AdaptiveAvgPool2d() : base(2)
    {
    }
}
