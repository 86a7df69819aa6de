namespace ModelGen.Benchmarks.Suites;

/// <summary>Checks a convolution with stride 1 at a corner, in the middle and at the end.</summary>
internal static class ConvCheck
{
    /// <summary>Whether the entries are the sums in double of their products.</summary>
    public static bool IsRight(IModel net, Batch batch, float[] output, int padding)
    {
        int[] y = net.Info.Outputs[0].Shape;
        int last = batch.Count - 1;
        return IsRight(net, batch, output, padding, 0, 0, 0, 0)
            && IsRight(net, batch, output, padding, last / 2, y[0] / 3, y[1] / 2, y[2] / 2)
            && IsRight(net, batch, output, padding, last, y[0] - 1, y[1] - 1, y[2] - 1);
    }

    static bool IsRight(IModel net, Batch batch, float[] output, int padding, int sample, int channel, int row, int column)
    {
        int[] x = net.Info.Inputs[0].Shape, y = net.Info.Outputs[0].Shape;
        ParameterView weights = net.Parameters.First();
        int kernel = weights.Shape[2];
        ReadOnlySpan<float> w = weights.ReadOnlyValues, input = batch.Floats(0);
        double sum = 0;
        for (int ci = 0; ci < x[0]; ci++)
        {
            for (int kh = 0; kh < kernel; kh++)
            {
                for (int kw = 0; kw < kernel; kw++)
                {
                    int h = row + kh - padding, v = column + kw - padding;
                    if (h < 0 || h >= x[1] || v < 0 || v >= x[2])
                        continue;
                    sum += (double)input[((sample * x[0] + ci) * x[1] + h) * x[2] + v] * w[((channel * x[0] + ci) * kernel + kh) * kernel + kw];
                }
            }
        }
        return Math.Abs(sum - output[((sample * y[0] + channel) * y[1] + row) * y[2] + column]) < 1e-3;
    }
}
