namespace Digits.Painting;

/// <summary>
/// A small random generator (SplitMix64). The sample carries its own so that the drawn digits, and with them every
/// published figure, stay the same whatever happens to the generators of the libraries.
/// </summary>
internal struct PaintRandom
{
    const ulong Golden = 0x9E3779B97F4A7C15;

    ulong _state;

    /// <summary>Starts the stream number <paramref name="stream"/> of a seed; streams are independent of each other.</summary>
    public PaintRandom(ulong seed, ulong stream) => _state = Mix(seed + Golden) ^ Mix(stream * Golden + 1);

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits() => Mix(_state += Golden);

    /// <summary>Uniform in [0, 1).</summary>
    public float NextFloat() => (NextBits() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public float Between(float from, float to) => from + (to - from) * NextFloat();

    /// <summary>A whole number in [0, <paramref name="count"/>).</summary>
    public int Below(int count) => (int)((NextBits() >> 32) * (ulong)count >> 32);

    /// <summary>True with the given probability.</summary>
    public bool Chance(float probability) => NextFloat() < probability;

    /// <summary>
    /// Bell-shaped with mean 0 and standard deviation 1, never beyond ±3.5: the sum of four uniforms, because no
    /// digit should be distorted without bound.
    /// </summary>
    public float Bell() => (NextFloat() + NextFloat() + NextFloat() + NextFloat() - 2f) * 1.7320508f;

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
