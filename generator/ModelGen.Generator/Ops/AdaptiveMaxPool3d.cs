namespace ModelGen.Generator.Ops;

internal sealed class AdaptiveMaxPool3d : AdaptiveMaxPoolOp
{
    public AdaptiveMaxPool3d() : base(3)
    {
    }
}
