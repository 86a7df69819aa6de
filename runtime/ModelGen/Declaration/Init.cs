namespace ModelGen;

/// <summary>
/// How the weights of a layer or a <see cref="Nn.Parameter(Init, int[])"/> start: <c>Linear(128, init: Init.KaimingNormal)</c>.
/// The compiler puts in the fans: fanIn = (weight axis 1) · (kernel size), fanOut = (weight axis 0) · (kernel size).
/// </summary>
/// <remarks>One seed draws the same bits. In class form it is a text: <c>[Linear(128, Init = "KaimingNormal")]</c>, <c>"Normal(0.02)"</c>.</remarks>
public readonly record struct Init
{
    private Init(InitializerKind kind, double parameter = 0, double mean = 0, bool countsOutputs = false) =>
        (Kind, Parameter, Mean, CountsOutputs) = (kind, (float)parameter, (float)mean, countsOutputs);

    /// <summary>The distribution.</summary>
    public InitializerKind Kind { get; }

    /// <summary>Half the width, standard deviation, value or gain, as <see cref="InitializerKind"/> says.</summary>
    public float Parameter { get; }

    /// <summary>What is added to each value drawn.</summary>
    public float Mean { get; }

    /// <summary>Whether fanOut stands in the place of fanIn.</summary>
    public bool CountsOutputs { get; }

    /// <summary>Uniform on ±1/√fanIn: what PyTorch's Linear and Conv start from, weight and bias.</summary>
    public static Init TorchDefault => new(InitializerKind.TorchDefault);

    /// <summary>All 0.</summary>
    public static Init Zeros => new(InitializerKind.Zeros);

    /// <summary>All 1.</summary>
    public static Init Ones => new(InitializerKind.Ones);

    /// <summary>Uniform on ±gain·√(6/(fanIn + fanOut)), gain 1 (Glorot and Bengio 2010, eq. 16).</summary>
    public static Init XavierUniform => new(InitializerKind.XavierUniform, 1);

    /// <summary>Normal with standard deviation gain·√(2/(fanIn + fanOut)), gain 1 (Glorot and Bengio 2010, eq. 12).</summary>
    public static Init XavierNormal => new(InitializerKind.XavierNormal, 1);

    /// <summary>Uniform on ±gain·√(3/fanIn), gain √2 (He et al. 2015, eq. 10).</summary>
    public static Init KaimingUniform => new(InitializerKind.KaimingUniform, Math.Sqrt(2));

    /// <summary>Normal with standard deviation gain/√fanIn, gain √2 (He et al. 2015, eq. 10).</summary>
    public static Init KaimingNormal => new(InitializerKind.KaimingNormal, Math.Sqrt(2));

    /// <summary>Uniform on ±√(3/fanIn).</summary>
    public static Init LecunUniform => new(InitializerKind.LecunUniform);

    /// <summary>Normal with standard deviation 1/√fanIn.</summary>
    public static Init LecunNormal => new(InitializerKind.LecunNormal);

    /// <summary>A matrix [length/fanIn, fanIn] with orthonormal rows (or columns, where there are fewer), times the gain 1 (Saxe et al. 2013).</summary>
    public static Init Orthogonal => new(InitializerKind.Orthogonal, 1);

    /// <summary>All equal to <paramref name="value"/>.</summary>
    /// <param name="value">Any number.</param>
    public static Init Constant(float value) => new(InitializerKind.Constant, value);

    /// <summary>Uniform on [<paramref name="low"/>, <paramref name="high"/>].</summary>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound, above the lower.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="high"/> is not above <paramref name="low"/>.</exception>
    public static Init Uniform(float low, float high)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);
        return new(InitializerKind.Uniform, ((double)high - low) / 2, ((double)high + low) / 2);
    }

    /// <summary>Normal.</summary>
    /// <param name="deviation">The standard deviation, above 0.</param>
    /// <param name="mean">The mean.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="deviation"/> is not above 0.</exception>
    public static Init Normal(float deviation, float mean = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        return new(InitializerKind.Normal, deviation, mean);
    }

    /// <summary>Normal truncated at two standard deviations, scaled so that the result has standard deviation <paramref name="deviation"/>.</summary>
    /// <param name="deviation">The standard deviation, above 0.</param>
    /// <param name="mean">The mean.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="deviation"/> is not above 0.</exception>
    public static Init TruncatedNormal(float deviation, float mean = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        return new(InitializerKind.TruncatedNormal, deviation, mean);
    }

    /// <summary>The same with another gain: of Xavier, Kaiming and orthogonal.</summary>
    /// <param name="gain">The factor, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gain"/> is not above 0.</exception>
    /// <exception cref="InvalidOperationException">This one has no gain.</exception>
    public Init Gain(float gain)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gain);
        if (Kind is not (InitializerKind.XavierUniform or InitializerKind.XavierNormal or InitializerKind.KaimingUniform or InitializerKind.KaimingNormal or InitializerKind.Orthogonal))
            throw new InvalidOperationException($"{Kind} has no gain.");
        return new(Kind, gain, Mean, CountsOutputs);
    }

    /// <summary>The same with the gain of what the layer feeds: PyTorch's <c>calculate_gain</c>.</summary>
    /// <param name="nonlinearity">What comes after the layer.</param>
    /// <param name="slope">Of the leaky ReLU, for x below 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such nonlinearity.</exception>
    /// <exception cref="InvalidOperationException">This one has no gain.</exception>
    public Init For(Nonlinearity nonlinearity, float slope = 0.01f) => Gain((float)(nonlinearity switch
    {
        Nonlinearity.Linear or Nonlinearity.Sigmoid => 1,
        Nonlinearity.Tanh => 5.0 / 3,
        Nonlinearity.Relu => Math.Sqrt(2),
        Nonlinearity.LeakyRelu => Math.Sqrt(2 / (1 + ((double)slope * slope))),
        Nonlinearity.Selu => 0.75,
        _ => throw new ArgumentOutOfRangeException(nameof(nonlinearity)),
    }));

    /// <summary>The same by fanOut in place of fanIn, which keeps the variance of gradients in place of that of values: of Kaiming and LeCun.</summary>
    /// <exception cref="InvalidOperationException">This one does not count inputs alone.</exception>
    public Init FanOut() => Kind is InitializerKind.KaimingUniform or InitializerKind.KaimingNormal or InitializerKind.LecunUniform or InitializerKind.LecunNormal
        ? new(Kind, Parameter, Mean, true)
        : throw new InvalidOperationException($"{Kind} does not count inputs alone.");
}
