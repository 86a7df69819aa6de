namespace ModelGen.Generator.Ops;

internal sealed class MaxPool2d : MaxPoolOp
{
    public MaxPool2d() : base(2)
    {
    }
}
