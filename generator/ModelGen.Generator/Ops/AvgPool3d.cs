namespace ModelGen.Generator.Ops;

internal sealed class AvgPool3d : AvgPoolOp
{
    public AvgPool3d() : base(3)
    {
    }
}
