using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ModelGen.Runtime;

/// <summary>
/// What the threads of a <see cref="Team"/> share. The state word is (epoch, tiles left): a tile is claimed by compare-and-swap
/// of the whole word, so a claim succeeds only in the region whose fields the claimer has read.
/// </summary>
/// <remarks>
/// Why this is safe: the fields are written only while no tile is left in the word and all claimed tiles have ended. A helper that
/// reads the word, then the fields, then swaps the word successfully has seen one region throughout, because the epoch is new in each.
/// </remarks>
internal sealed unsafe class TeamRegion
{
    /// <summary>The most tiles of a region: what the low bits of the state word hold.</summary>
    public const int MaxTiles = (1 << TileBits) - 1;

    private const int TileBits = 24;

    /// <summary>How long a helper looks for work before it parks. Shorter and a training step pays for wake-ups; longer and it starves a neighbour.</summary>
    private static readonly long s_spinTicks = Stopwatch.Frequency / 1_000_000 * 30;

    private readonly SemaphoreSlim _parking = new(0);
    private Hot _hot;
    private volatile bool _isStopped;

    /// <summary>Takes the region for one caller.</summary>
    /// <returns>Whether it was free.</returns>
    public bool TryEnter() => Volatile.Read(ref _hot.Busy) == 0 && Interlocked.CompareExchange(ref _hot.Busy, 1, 0) == 0;

    /// <summary>Gives the region back.</summary>
    public void Leave() => Volatile.Write(ref _hot.Busy, 0);

    /// <summary>Runs all tiles; the caller has entered.</summary>
    public void Run(delegate*<void*, int, void> tile, void* arguments, int tiles)
    {
        _hot.Tile = (nint)tile;
        _hot.Arguments = (nint)arguments;
        _hot.Tiles = tiles;
        _hot.Unfinished = tiles;
        var epoch = (_hot.State >> TileBits) + 1;

        // A full fence: the helpers that register as parked after it see the new word, those before it are seen here.
        Interlocked.Exchange(ref _hot.State, epoch << TileBits | (long)tiles);
        if (Volatile.Read(ref _hot.Parked) > 0)
            Wake(tiles - 1);

        while (TryClaimAndRun())
        {
        }

        var spinner = default(SpinWait);
        while (Volatile.Read(ref _hot.Unfinished) != 0)
            spinner.SpinOnce(sleep1Threshold: -1);
    }

    /// <summary>Makes all helpers end, now or after the tile they hold.</summary>
    public void Stop()
    {
        _isStopped = true;
        Interlocked.MemoryBarrier();
        Wake(int.MaxValue);
    }

    /// <summary>The life of a helper.</summary>
    public void Help()
    {
        while (!_isStopped)
        {
            var parkAt = Stopwatch.GetTimestamp() + s_spinTicks;
            while (!_isStopped)
            {
                if (TryClaimAndRun())
                    parkAt = Stopwatch.GetTimestamp() + s_spinTicks;
                else if (Stopwatch.GetTimestamp() >= parkAt)
                    break;
                else
                    Thread.SpinWait(4);
            }

            Park();
        }
    }

    private bool TryClaimAndRun()
    {
        var state = Volatile.Read(ref _hot.State);
        while ((state & MaxTiles) is not 0 and var left)
        {
            var tile = (delegate*<void*, int, void>)Volatile.Read(ref _hot.Tile);
            var arguments = (void*)Volatile.Read(ref _hot.Arguments);
            var index = Volatile.Read(ref _hot.Tiles) - (int)left;
            var seen = Interlocked.CompareExchange(ref _hot.State, state - 1, state);
            if (seen == state)
            {
                tile(arguments, index);
                Interlocked.Decrement(ref _hot.Unfinished);
                return true;
            }

            state = seen;
        }

        return false;
    }

    private void Park()
    {
        Interlocked.Increment(ref _hot.Parked);
        if ((Volatile.Read(ref _hot.State) & MaxTiles) != 0 || _isStopped)
        {
            // Work came in between. Take the registration back, unless a caller has already counted on waking this helper.
            for (var parked = Volatile.Read(ref _hot.Parked); parked > 0; parked = Volatile.Read(ref _hot.Parked))
            {
                if (Interlocked.CompareExchange(ref _hot.Parked, parked - 1, parked) == parked)
                    return;
            }
        }

        _parking.Wait();
    }

    private void Wake(int atMost)
    {
        for (var parked = Volatile.Read(ref _hot.Parked); parked > 0; parked = Volatile.Read(ref _hot.Parked))
        {
            var woken = Math.Min(parked, atMost);
            if (Interlocked.CompareExchange(ref _hot.Parked, parked - woken, parked) != parked)
                continue;
            _parking.Release(woken);
            return;
        }
    }

    /// <summary>The words all threads write, each on cache lines of its own (pairs of them: the prefetcher fetches two).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 640)]
    private struct Hot
    {
        [FieldOffset(128)]
        public long State;

        [FieldOffset(256)]
        public nint Tile;

        [FieldOffset(264)]
        public nint Arguments;

        [FieldOffset(272)]
        public int Tiles;

        [FieldOffset(384)]
        public int Unfinished;

        [FieldOffset(512)]
        public int Parked;

        [FieldOffset(520)]
        public int Busy;
    }
}
