namespace ModelGen.Generator.Ops;

internal sealed class MaxPool3d : MaxPoolOp
{
    public MaxPool3d() : base(3)
    {
    }
}
