namespace ModelGen;

/// <summary>βᵗ for one step after another, as β^(t − t mod 256) · β^(t mod 256): a function of t alone, of which each factor is computed once. For a small
/// model two calls of <see cref="Math.Pow"/> would be a fifth of a step.</summary>
internal sealed class DecayPower
{
    private const int Period = 256;

    private readonly double[] _low = new double[Period];
    private long _high = -1;
    private double _highPower;

    public DecayPower(float @base)
    {
        Base = @base;
        for (var i = 0; i < Period; i++)
            _low[i] = Math.Pow(@base, i);
    }

    /// <summary>β.</summary>
    public float Base { get; }

    /// <summary>βᵗ.</summary>
    public double At(long t)
    {
        var high = t / Period * Period;
        if (high != _high)
            (_high, _highPower) = (high, Math.Pow(Base, high));
        return _highPower * _low[t - high];
    }
}
