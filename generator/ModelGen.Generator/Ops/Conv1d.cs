namespace ModelGen.Generator.Ops;

internal sealed class Conv1d : ConvolutionOp
{
    public Conv1d() : base(1)
    {
    }
}
