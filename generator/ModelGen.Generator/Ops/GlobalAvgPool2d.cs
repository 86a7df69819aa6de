namespace ModelGen.Generator.Ops;

internal sealed class GlobalAvgPool2d : GlobalAvgPoolOp
{
    public GlobalAvgPool2d() : base(2)
    {
    }
}
