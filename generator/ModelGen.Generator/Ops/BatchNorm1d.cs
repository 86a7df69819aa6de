namespace ModelGen.Generator.Ops;

internal sealed class BatchNorm1d : BatchNormOp
{
    public BatchNorm1d() : base(1)
    {
    }
}
