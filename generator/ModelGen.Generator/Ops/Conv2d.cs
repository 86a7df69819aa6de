namespace ModelGen.Generator.Ops;

internal sealed class Conv2d : ConvolutionOp
{
    public Conv2d() : base(2)
    {
    }
}
