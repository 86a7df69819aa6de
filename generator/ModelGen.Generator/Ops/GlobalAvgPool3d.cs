namespace ModelGen.Generator.Ops;

internal sealed class GlobalAvgPool3d : GlobalAvgPoolOp
{
    public GlobalAvgPool3d() : base(3)
    {
    }
}
