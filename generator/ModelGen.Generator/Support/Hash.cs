namespace ModelGen.Generator.Support;

/// <summary>Order-dependent combination of hash codes (netstandard2.0 has no HashCode). The same in every process.</summary>
internal static class Hash
{
    public const int Seed = 17;

    public static int Combine(int a, int b) => unchecked(((a << 5) | (int)((uint)a >> 27)) + a ^ b);
}
