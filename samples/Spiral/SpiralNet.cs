namespace Spiral;

/// <summary>
/// Tells two intertwined spirals apart. Its last hidden layer has two units, so that what the network does to the plane can be drawn:
/// it has to unroll the spirals until one straight line parts them.
/// </summary>
[Model]
public partial class SpiralNet
{
    readonly Layer fc1 = Linear(32), fc2 = Linear(32), plane = Linear(2), score = Linear(1);

    /// <summary>The score of a point, above 0 for the second spiral, and where the hidden layer puts the point, in [-1, 1]².</summary>
    public (Tensor Score, Tensor Plane) Forward([Shape(2)] Tensor point)
    {
        var hidden = Tanh(plane(Tanh(fc2(Tanh(fc1(point))))));
        return (score(hidden), hidden);
    }

    /// <summary>Binary cross-entropy in nats; the place in the plane is free.</summary>
    public Tensor Loss(Tensor scores, Tensor place, [Shape(1)] Tensor side) => BceWithLogits(scores, side);
}
