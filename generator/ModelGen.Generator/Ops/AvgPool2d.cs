namespace ModelGen.Generator.Ops;

internal sealed class AvgPool2d : AvgPoolOp
{
    public AvgPool2d() : base(2)
    {
    }
}
