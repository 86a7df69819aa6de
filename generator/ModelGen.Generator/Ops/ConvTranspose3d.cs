namespace ModelGen.Generator.Ops;

internal sealed class ConvTranspose3d : ConvTransposeOp
{
    public ConvTranspose3d() : base(3)
    {
    }
}
