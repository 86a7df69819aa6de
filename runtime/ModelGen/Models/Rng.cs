using System.Numerics;

namespace ModelGen;

/// <summary>
/// Generates pseudo-random numbers that are the same on every platform and version: xoshiro256++ (Blackman and Vigna 2019), seeded through SplitMix64. It is a
/// mutable struct: pass it by <c>ref</c>.
/// </summary>
public struct Rng
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Initializes a new instance of the <see cref="Rng"/> struct at the start of a sequence.</summary>
    /// <param name="seed">Any value; equal seeds give equal sequences.</param>
    public Rng(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="Rng"/> struct at the start of the sequence of one name under a seed, so that what one name draws does not
    /// affect another.
    /// </summary>
    /// <param name="seed">The common seed.</param>
    /// <param name="stream">The name, such as a parameter's path.</param>
    public Rng(ulong seed, string stream)
        : this(Combine(seed, Hash(stream)))
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="Rng"/> struct at the start of the sequence of one number (an epoch, a sample) under a seed.
    /// </summary>
    /// <param name="seed">The common seed.</param>
    /// <param name="stream">The number.</param>
    public Rng(ulong seed, ulong stream)
        : this(Combine(seed, stream))
    {
    }

    /// <summary>Draws 64 random bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Draws 32 random bits.</summary>
    public uint NextUInt32() => (uint)(NextUInt64() >> 32);

    /// <summary>Draws an integer in [0, <paramref name="bound"/>), each equally likely (Lemire 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var product = (ulong)NextUInt32() * (uint)bound;
        if ((uint)product < (uint)bound)
        {
            var threshold = (uint)-bound % (uint)bound;
            while ((uint)product < threshold)
                product = (ulong)NextUInt32() * (uint)bound;
        }

        return (int)(product >> 32);
    }

    /// <summary>Draws a number in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Draws a number in [0, 1) with 24 random bits.</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>Draws a number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double NextDouble(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>Draws from the normal distribution with mean 0 and standard deviation 1 (Box and Muller 1958).</summary>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Shuffles the items; each order is equally likely (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>FNV-1a over UTF-16 code units.</summary>
    private static ulong Hash(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hash = 14695981039346656037UL;
        foreach (var c in text)
            hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    private static ulong Combine(ulong seed, ulong stream)
    {
        // Mixed apart first: seed ^ stream alone would give (1, 2) and (2, 1) the same sequence.
        var mixed = SplitMix(ref seed);
        return mixed ^ SplitMix(ref stream) * 0x9E3779B97F4A7C15UL;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ z >> 27) * 0x94D049BB133111EBUL;
        return z ^ z >> 31;
    }
}
