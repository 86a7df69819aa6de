namespace ModelGen.Generator.Ops;

internal sealed class AvgPool1d : AvgPoolOp
{
    public AvgPool1d() : base(1)
    {
    }
}
