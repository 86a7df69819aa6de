namespace ModelGen.Benchmarks.Measuring;

/// <summary>Memory in units of 2²⁰ bytes.</summary>
internal static class Megabytes
{
    /// <summary>Bytes as megabytes.</summary>
    public static double Of(long bytes) => bytes / (1024.0 * 1024);

    /// <summary>Floats as megabytes, to four digits after the point.</summary>
    public static double OfFloats(long floats) => Math.Round(Of(floats * sizeof(float)), 4);
}
