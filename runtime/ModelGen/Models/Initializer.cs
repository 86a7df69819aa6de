namespace ModelGen;

/// <summary>Specifies how one parameter is filled before training.</summary>
/// <param name="Kind">The distribution.</param>
/// <param name="Parameter">A value, bound, standard deviation or gain, as <see cref="InitializerKind"/> says.</param>
/// <param name="FanIn">Inputs of one unit: (weight axis 1) · (kernel size).</param>
/// <param name="FanOut">Outputs of one unit: (weight axis 0) · (kernel size).</param>
/// <param name="Mean">Added to each value of a uniform or normal distribution.</param>
/// <param name="ZeroStart">The first of the elements that are zero whatever the distribution: the padding row of an embedding.</param>
/// <param name="ZeroLength">How many these are.</param>
public readonly record struct Initializer(
    InitializerKind Kind, float Parameter = 0, int FanIn = 0, int FanOut = 0, float Mean = 0, int ZeroStart = 0, int ZeroLength = 0)
{
    /// <summary>The standard deviation of a unit normal truncated at ±2.</summary>
    private const double TruncatedDeviation = 0.87962566103423978;

    /// <summary>Gets an initializer that sets all values to 0.</summary>
    public static Initializer Zeros => new(InitializerKind.Zeros);

    /// <summary>Gets an initializer that sets all values to 1.</summary>
    public static Initializer Ones => new(InitializerKind.Ones);

    /// <summary>Returns an initializer that is uniform on ±1/√fanIn, PyTorch's default.</summary>
    public static Initializer TorchDefault(int fanIn) => new(InitializerKind.TorchDefault, 0, fanIn);

    /// <summary>Draws the values.</summary>
    /// <param name="values">Receives the parameter in row-major order.</param>
    /// <param name="rng">The source of randomness; it advances.</param>
    /// <exception cref="InvalidOperationException">The fan that the kind needs is not positive, or does not divide the length (orthogonal).</exception>
    public void Fill(Span<float> values, ref Rng rng)
    {
        switch (Kind)
        {
            case InitializerKind.Zeros: values.Clear(); break;
            case InitializerKind.Ones: values.Fill(1f); break;
            case InitializerKind.Constant: values.Fill(Parameter); break;
            case InitializerKind.Uniform: FillUniform(values, Parameter, ref rng); break;
            case InitializerKind.Normal: FillNormal(values, Parameter, ref rng); break;
            case InitializerKind.TruncatedNormal: FillTruncated(values, Parameter / TruncatedDeviation, ref rng); break;
            case InitializerKind.TorchDefault: FillUniform(values, 1 / Math.Sqrt(Fan(FanIn)), ref rng); break;
            case InitializerKind.KaimingUniform: FillUniform(values, Parameter * Math.Sqrt(3 / Fan(FanIn)), ref rng); break;
            case InitializerKind.KaimingNormal: FillNormal(values, Parameter / Math.Sqrt(Fan(FanIn)), ref rng); break;
            case InitializerKind.XavierUniform: FillUniform(values, Parameter * Math.Sqrt(6 / (Fan(FanIn) + Fan(FanOut))), ref rng); break;
            case InitializerKind.XavierNormal: FillNormal(values, Parameter * Math.Sqrt(2 / (Fan(FanIn) + Fan(FanOut))), ref rng); break;
            case InitializerKind.LecunUniform: FillUniform(values, Math.Sqrt(3 / Fan(FanIn)), ref rng); break;
            case InitializerKind.LecunNormal: FillNormal(values, 1 / Math.Sqrt(Fan(FanIn)), ref rng); break;
            case InitializerKind.Orthogonal: FillOrthogonal(values, Parameter, ref rng); break;
            default: throw new InvalidOperationException($"There is no initializer {Kind}.");
        }

        values.Slice(ZeroStart, ZeroLength).Clear();
    }

    private double Fan(int fan) => fan > 0
        ? fan
        : throw new InvalidOperationException($"{Kind} needs a positive fan, got {this}.");

    private void FillUniform(Span<float> values, double bound, ref Rng rng)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(((2 * rng.NextDouble() - 1) * bound) + Mean);
    }

    private void FillNormal(Span<float> values, double deviation, ref Rng rng)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)((rng.NextNormal() * deviation) + Mean);
    }

    private void FillTruncated(Span<float> values, double deviation, ref Rng rng)
    {
        for (var i = 0; i < values.Length; i++)
        {
            double z;
            do
                z = rng.NextNormal();
            while (Math.Abs(z) > 2);
            values[i] = (float)((z * deviation) + Mean);
        }
    }

    /// <summary>Gram–Schmidt, twice over each vector: once leaves an error that grows with the number of vectors.</summary>
    private void FillOrthogonal(Span<float> values, double gain, ref Rng rng)
    {
        var columns = (int)Fan(FanIn);
        if (values.Length % columns != 0)
            throw new InvalidOperationException($"An orthogonal matrix of {values.Length} values cannot have {columns} columns.");
        var rows = values.Length / columns;
        var (count, length) = rows <= columns ? (rows, columns) : (columns, rows);
        var vectors = new double[count][];
        for (var v = 0; v < count; v++)
        {
            var vector = vectors[v] = new double[length];
            double norm;
            do
            {
                for (var i = 0; i < length; i++)
                    vector[i] = rng.NextNormal();
                for (var pass = 0; pass < 2; pass++)
                {
                    for (var other = 0; other < v; other++)
                        Subtract(vector, vectors[other], Dot(vector, vectors[other]));
                }

                norm = Math.Sqrt(Dot(vector, vector));
            }
            while (norm < 1e-8);
            for (var i = 0; i < length; i++)
                vector[i] /= norm;
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                values[row * columns + column] = (float)(gain * (rows <= columns ? vectors[row][column] : vectors[column][row]));
        }
    }

    private static double Dot(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    private static void Subtract(double[] x, double[] y, double factor)
    {
        for (var i = 0; i < x.Length; i++)
            x[i] -= factor * y[i];
    }
}
