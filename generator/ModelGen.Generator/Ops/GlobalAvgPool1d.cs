namespace ModelGen.Generator.Ops;

internal sealed class GlobalAvgPool1d : GlobalAvgPoolOp
{
    public GlobalAvgPool1d() : base(1)
    {
    }
}
