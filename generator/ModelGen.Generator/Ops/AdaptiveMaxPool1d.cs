namespace ModelGen.Generator.Ops;

internal sealed class AdaptiveMaxPool1d : AdaptiveMaxPoolOp
{
    public AdaptiveMaxPool1d() : base(1)
    {
    }
}
