namespace ModelGen.Generator.Ops;

internal sealed class Conv3d : ConvolutionOp
{
    public Conv3d() : base(3)
    {
    }
}
