namespace ModelGen.Generator.Ops;

/// <summary>A function between the layers of a network.</summary>
internal abstract class ActivationOp : ElementwiseOp
{
    public override ClassForm ClassForm => ClassForm.Step;
}
