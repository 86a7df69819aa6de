using ModelGen.Benchmarks.Reports;

namespace ModelGen.Benchmarks.Machine;

/// <summary>What this machine can do at best, measured now: the other numbers are to be read against it.</summary>
internal static class MachineLimits
{
    static readonly (string Name, int Bytes)[] WorkingSets =
        [("read_l1", 32 << 10), ("read_l2", 512 << 10), ("read_l3", 6 << 20), ("read_dram", 256 << 20)];

    /// <summary>Fused multiply-adds from registers, two operations each, in 10⁹ operations a second over all threads, at this moment.</summary>
    public static double GigaFlopsNow(int threads) =>
        threads == 1 ? MultiplyAddPeak.GigaFlops() : TogetherOn.Threads(threads, MultiplyAddPeak.GigaFlops, rounds: 1);

    /// <summary>Measures with as many threads as the cases will use, and reports each limit.</summary>
    public static void Report(int threads, IReport report)
    {
        report.Add(Line(MultiplyAddPeak.Name, threads, TogetherOn.Threads(threads, MultiplyAddPeak.GigaFlops), "GFLOP/s"));
        foreach (var (name, bytes) in WorkingSets)
        {
            double rate = TogetherOn.Threads(threads, () => new ReadBandwidth(bytes), reader => reader.GigabytesPerSecond());
            report.Add(Line(name, threads, rate, "GB/s", ("ws_kib_per_thread", bytes >> 10)));
        }
    }

    static ResultLine Line(string name, int threads, double value, string unit, params (string, object)[] more) =>
        new(name, threads) { Peer = "limit", More = [.. more, ("value", Math.Round(value, 1)), ("unit", unit)] };
}
