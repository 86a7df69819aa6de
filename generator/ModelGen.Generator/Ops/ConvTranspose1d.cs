namespace ModelGen.Generator.Ops;

internal sealed class ConvTranspose1d : ConvTransposeOp
{
    public ConvTranspose1d() : base(1)
    {
    }
}
