using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ModelGen.Runtime;

/// <summary>
/// Represents a few threads that share the tiles of a region. The caller always works; helpers are never needed for progress. Tiles are claimed one by one, so
/// a helper that is late or stalled costs at most the tile it holds.
/// </summary>
/// <remarks>
/// Any number of callers may be inside <see cref="Run"/> at once, also from inside a tile: one has the helpers, the others run
/// their tiles alone. Helpers are background threads, started at the first region that can use them, and end with
/// <see cref="Dispose"/> or when the team is collected. No call allocates after the helpers have started.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe partial class Team : IDisposable
{
    /// <summary>The most threads that a team may have: more than there are processors help nobody, and each costs a stack.</summary>
    public const int MostThreads = 1024;

    private readonly TeamRegion _region = new();
    private readonly object _starting = new();
    private bool _isStarted;
    private bool _isDisposed;

    /// <summary>Initializes a new instance of the <see cref="Team"/> class.</summary>
    /// <param name="threads">The number of threads including the caller, from 1 to <see cref="MostThreads"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is out of that range.</exception>
    public Team(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MostThreads);
        Threads = threads;
    }

    /// <summary>Lets the helpers end.</summary>
    ~Team() => _region.Stop();

    /// <summary>Gets the number of threads including the caller.</summary>
    public int Threads { get; }

    /// <summary>Runs <paramref name="tile"/> once for each index in [0, tiles) and returns when all have ended.</summary>
    /// <param name="tile">The work; called with <paramref name="arguments"/> and the index, on any thread, in any order. It must not throw.</param>
    /// <param name="arguments">Passed on; must stay valid until the call returns.</param>
    /// <param name="tiles">The number of tiles.</param>
    public void Run(delegate*<void*, int, void> tile, void* arguments, int tiles)
    {
        if (tiles <= 1 || Threads == 1 || tiles > TeamRegion.MaxTiles || !_region.TryEnter())
        {
            for (var i = 0; i < tiles; i++)
                tile(arguments, i);
            return;
        }

        if (!Volatile.Read(ref _isStarted))
            StartHelpers();
        _region.Run(tile, arguments, tiles);
        _region.Leave();
        GC.KeepAlive(this);
    }

    /// <summary>Ends the helpers. The team stays usable: later regions run on the caller alone.</summary>
    public void Dispose()
    {
        lock (_starting)
        {
            _isDisposed = true;
            _region.Stop();
        }

        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StartHelpers()
    {
        lock (_starting)
        {
            if (_isStarted || _isDisposed)
                return;

            // A helper knows the region only, so that a forgotten team can be collected and its finalizer can end the helpers.
            for (var i = 1; i < Threads; i++)
                new Thread(_region.Help) { IsBackground = true, Name = "ModelGen" }.Start();
            Volatile.Write(ref _isStarted, true);
        }
    }
}
