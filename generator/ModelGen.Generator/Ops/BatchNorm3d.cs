namespace ModelGen.Generator.Ops;

internal sealed class BatchNorm3d : BatchNormOp
{
    public BatchNorm3d() : base(3)
    {
    }
}
