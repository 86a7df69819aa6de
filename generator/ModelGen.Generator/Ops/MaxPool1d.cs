namespace ModelGen.Generator.Ops;

internal sealed class MaxPool1d : MaxPoolOp
{
    public MaxPool1d() : base(1)
    {
    }
}
