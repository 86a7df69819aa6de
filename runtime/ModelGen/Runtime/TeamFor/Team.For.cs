namespace ModelGen.Runtime;

// For and For2 give each thread parts of an axis, or of two: the one place where the arguments of a kernel are packed for the threads, so that kernels are
// ordinary methods with named and typed parameters. An axis of an extent at or below 0 has no part and the kernel is not called; a grain below 1 counts as
// 1. Where there is one part the kernel is called directly. The overloads (in the other files) differ in what the kernel takes after its parts.
public sealed unsafe partial class Team
{
    private static bool IsOnePart(int extent, int grain) => extent == 1 || (extent > 0 && extent <= grain);

    /// <summary>The arguments of a kernel: its parts have the numbers from 0 on, and the second axis changes fastest from part to part.</summary>
    private struct ForWork
    {
        public void* Kernel;
        public int N0, N1, N2;
        public void* P0, P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11;
        private readonly int _extent, _grain, _extent2, _grain2, _parts2;

        public ForWork(int extent, int grain)
            : this(extent, grain, 1, 1)
        {
        }

        public ForWork(int extent, int grain, int extent2, int grain2)
        {
            (_extent, _grain, _extent2, _grain2) = (extent, Math.Max(1, grain), extent2, Math.Max(1, grain2));
            _parts2 = Count(_extent2, _grain2);
            Parts = checked(Count(_extent, _grain) * _parts2);
        }

        public int Parts { get; }

        public readonly int From(int part) => part * _grain;

        public readonly int To(int part) => End(part, _extent, _grain);

        public readonly int FromOfTwo(int part) => part / _parts2 * _grain;

        public readonly int ToOfTwo(int part) => End(part / _parts2, _extent, _grain);

        public readonly int From2(int part) => part % _parts2 * _grain2;

        public readonly int To2(int part) => End(part % _parts2, _extent2, _grain2);

        private static int Count(int extent, int grain) => extent <= 0 ? 0 : ((extent - 1) / grain) + 1;

        // Without a sum that could be too large.
        private static int End(int part, int extent, int grain) => extent - (part * grain) <= grain ? extent : (part * grain) + grain;
    }
}
