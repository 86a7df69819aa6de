namespace ModelGen.Generator.Ops;

internal sealed class AdaptiveAvgPool1d : AdaptiveAvgPoolOp
{
    public AdaptiveAvgPool1d() : base(1)
    {
    }
}
