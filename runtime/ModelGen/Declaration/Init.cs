namespace ModelGen;

/// <summary>
/// Specifies how the weights of a layer or a <see cref="Nn.Parameter(Init, int[])"/> start: <c>Linear(128, init: Init.KaimingNormal)</c>. The compiler provides
/// the fans: fanIn = (weight axis 1) · (kernel size), fanOut = (weight axis 0) · (kernel size).
/// </summary>
/// <remarks>One seed draws the same bits. In class form it is a text: <c>[Linear(128, Init = "KaimingNormal")]</c>, <c>"Normal(0.02)"</c>.</remarks>
public readonly record struct Init
{
    private Init(InitializerKind kind, double parameter = 0, double mean = 0, bool countsOutputs = false) =>
        (Kind, Parameter, Mean, CountsOutputs) = (kind, (float)parameter, (float)mean, countsOutputs);

    /// <summary>Gets the distribution.</summary>
    public InitializerKind Kind { get; }

    /// <summary>Gets half the width, the standard deviation, the value or the gain, as <see cref="InitializerKind"/> says.</summary>
    public float Parameter { get; }

    /// <summary>Gets the number that is added to each value drawn.</summary>
    public float Mean { get; }

    /// <summary>Gets a value indicating whether fanOut is used in place of fanIn.</summary>
    public bool CountsOutputs { get; }

    /// <summary>Gets an initializer that is uniform on ±1/√fanIn: what PyTorch's Linear and Conv start from, weight and bias.</summary>
    public static Init TorchDefault => new(InitializerKind.TorchDefault);

    /// <summary>Gets an initializer that sets all weights to 0.</summary>
    public static Init Zeros => new(InitializerKind.Zeros);

    /// <summary>Gets an initializer that sets all weights to 1.</summary>
    public static Init Ones => new(InitializerKind.Ones);

    /// <summary>Gets an initializer that is uniform on ±gain·√(6/(fanIn + fanOut)), with gain 1 (Glorot and Bengio 2010, eq. 16).</summary>
    public static Init XavierUniform => new(InitializerKind.XavierUniform, 1);

    /// <summary>Gets an initializer that is normal with standard deviation gain·√(2/(fanIn + fanOut)), with gain 1 (Glorot and Bengio 2010, eq. 12).</summary>
    public static Init XavierNormal => new(InitializerKind.XavierNormal, 1);

    /// <summary>Gets an initializer that is uniform on ±gain·√(3/fanIn), with gain √2 (He et al. 2015, eq. 10).</summary>
    public static Init KaimingUniform => new(InitializerKind.KaimingUniform, Math.Sqrt(2));

    /// <summary>Gets an initializer that is normal with standard deviation gain/√fanIn, with gain √2 (He et al. 2015, eq. 10).</summary>
    public static Init KaimingNormal => new(InitializerKind.KaimingNormal, Math.Sqrt(2));

    /// <summary>Gets an initializer that is uniform on ±√(3/fanIn).</summary>
    public static Init LecunUniform => new(InitializerKind.LecunUniform);

    /// <summary>Gets an initializer that is normal with standard deviation 1/√fanIn.</summary>
    public static Init LecunNormal => new(InitializerKind.LecunNormal);

    /// <summary>
    /// Gets an initializer with a matrix [length/fanIn, fanIn] of orthonormal rows (or columns, where there are fewer), times the gain 1 (Saxe et al. 2013).
    /// </summary>
    public static Init Orthogonal => new(InitializerKind.Orthogonal, 1);

    /// <summary>Returns an initializer that sets all weights to <paramref name="value"/>.</summary>
    /// <param name="value">Any number.</param>
    public static Init Constant(double value) => new(InitializerKind.Constant, value);

    /// <summary>Returns an initializer that is uniform on [<paramref name="low"/>, <paramref name="high"/>].</summary>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound, above the lower.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="high"/> is not above <paramref name="low"/>.</exception>
    public static Init Uniform(double low, double high)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);
        return new(InitializerKind.Uniform, (high - low) / 2, (high + low) / 2);
    }

    /// <summary>Returns an initializer with a normal distribution.</summary>
    /// <param name="deviation">The standard deviation, above 0.</param>
    /// <param name="mean">The mean.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="deviation"/> is not above 0.</exception>
    public static Init Normal(double deviation, double mean = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        return new(InitializerKind.Normal, deviation, mean);
    }

    /// <summary>
    /// Returns an initializer with a normal distribution that is truncated at two standard deviations and scaled so that the result has standard deviation
    /// <paramref name="deviation"/>.
    /// </summary>
    /// <param name="deviation">The standard deviation, above 0.</param>
    /// <param name="mean">The mean.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="deviation"/> is not above 0.</exception>
    public static Init TruncatedNormal(double deviation, double mean = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        return new(InitializerKind.TruncatedNormal, deviation, mean);
    }

    /// <summary>Returns the same initializer with another gain; it must be of Xavier, Kaiming or orthogonal.</summary>
    /// <param name="gain">The factor, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gain"/> is not above 0.</exception>
    /// <exception cref="InvalidOperationException">This one has no gain.</exception>
    public Init Gain(double gain)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gain);
        if (Kind is not (InitializerKind.XavierUniform or InitializerKind.XavierNormal or InitializerKind.KaimingUniform or InitializerKind.KaimingNormal
            or InitializerKind.Orthogonal))
            throw new InvalidOperationException($"{Kind} has no gain.");
        return new(Kind, gain, Mean, CountsOutputs);
    }

    /// <summary>Returns the same initializer with the gain of what the layer feeds: PyTorch's <c>calculate_gain</c>.</summary>
    /// <param name="nonlinearity">What comes after the layer.</param>
    /// <param name="slope">Of the leaky ReLU, for x below 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such nonlinearity.</exception>
    /// <exception cref="InvalidOperationException">This one has no gain.</exception>
    public Init For(Nonlinearity nonlinearity, double slope = 0.01) => Gain(nonlinearity switch
    {
        Nonlinearity.Linear or Nonlinearity.Sigmoid => 1,
        Nonlinearity.Tanh => 5.0 / 3,
        Nonlinearity.Relu => Math.Sqrt(2),
        Nonlinearity.LeakyRelu => Math.Sqrt(2 / (1 + (slope * slope))),
        Nonlinearity.Selu => 0.75,
        _ => throw new ArgumentOutOfRangeException(nameof(nonlinearity)),
    });

    /// <summary>
    /// Returns the same initializer with fanOut in place of fanIn, which keeps the variance of gradients in place of that of values; it must be of Kaiming or
    /// LeCun.
    /// </summary>
    /// <exception cref="InvalidOperationException">This one does not count inputs alone.</exception>
    public Init FanOut() =>
        Kind is InitializerKind.KaimingUniform or InitializerKind.KaimingNormal or InitializerKind.LecunUniform or InitializerKind.LecunNormal
        ? new(Kind, Parameter, Mean, true)
        : throw new InvalidOperationException($"{Kind} does not count inputs alone.");
}
