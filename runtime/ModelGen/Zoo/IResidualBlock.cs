namespace ModelGen.Zoo;

/// <summary>Represents a block of a residual network: <see cref="BasicBlock"/> or <see cref="Bottleneck"/>.</summary>
public interface IResidualBlock
{
    /// <summary>Computes f32[N,In,H,W] → f32[N,Out,H/stride,W/stride].</summary>
    /// <param name="x">The input.</param>
    Tensor Forward(Tensor x);
}
