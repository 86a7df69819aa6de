namespace ModelGen.Generator.Ops;

internal sealed class ConvTranspose2d : ConvTransposeOp
{
    public ConvTranspose2d() : base(2)
    {
    }
}
