namespace ModelGen.Generator.Ops;

internal sealed class AdaptiveMaxPool2d : AdaptiveMaxPoolOp
{
    public AdaptiveMaxPool2d() : base(2)
    {
    }
}
