namespace ModelGen.Benchmarks.Suites;

/// <summary>Whether a model's gradient is the slope of its loss: a fast wrong step is worth nothing.</summary>
internal static class GradientCheck
{
    // A change of the loss that is far above the rounding of its float and far below where it bends.
    const double LossChange = 0.01;

    /// <summary>
    /// The relative difference between the length of the gradient and the slope of the training loss along it, by a central
    /// difference. The parameters are afterwards as before.
    /// </summary>
    public static double RelativeError(IModel net, Batch batch)
    {
        net.Backward(batch, 0);
        float[] gradient = net.Parameters.Gradients.ToArray(), values = net.Parameters.ReadOnlyValues.ToArray();
        double length = Math.Sqrt(gradient.Sum(g => (double)g * g));
        double step = LossChange / length;
        double slope = (LossAt(step) - LossAt(-step)) / (2 * step);
        values.CopyTo(net.Parameters.Values);
        return Math.Abs(slope - length) / length;

        double LossAt(double distance)
        {
            Span<float> moved = net.Parameters.Values;
            for (int i = 0; i < moved.Length; i++)
                moved[i] = (float)(values[i] + distance / length * gradient[i]);
            return net.Backward(batch, 0);
        }
    }
}
