namespace ModelGen.Generator.Ops;

internal sealed class BatchNorm2d : BatchNormOp
{
    public BatchNorm2d() : base(2)
    {
    }
}
