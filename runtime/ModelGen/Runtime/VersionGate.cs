using System.Runtime.CompilerServices;

namespace ModelGen.Runtime;

/// <summary>Lets one thread at a time do again what depends on a version, and the others wait for it.</summary>
/// <remarks>One exchange each time: a lock would cost a small network more than what it guards. A field of it must not be readonly.</remarks>
internal struct VersionGate
{
    private int _version;
    private int _isBusy;

    /// <summary>Whether what was done is up to date.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsAt(int version) => Volatile.Read(in _version) == version;

    /// <summary>Waits for its turn. True: the caller is to do the work and call <see cref="Leave"/>; false: another thread has done it.</summary>
    public bool Enter(int version)
    {
        var spinner = default(SpinWait);
        while (Interlocked.CompareExchange(ref _isBusy, 1, 0) != 0)
            spinner.SpinOnce();
        if (_version != version)
            return true;
        Volatile.Write(ref _isBusy, 0);
        return false;
    }

    /// <summary>Ends the work.</summary>
    /// <param name="version">What it was done for, or null where it failed.</param>
    public void Leave(int? version)
    {
        if (version is { } done)
            Volatile.Write(ref _version, done);
        Volatile.Write(ref _isBusy, 0);
    }
}
