namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>The copies of a thread to shared memory that are under way: nothing arrives before the thread waits for it.</summary>
internal sealed class AsyncCopies
{
    private readonly Queue<List<Copy>> _groups = [];
    private List<Copy> _open = [];

    public void Begin(int at, nint place, byte[] data) => _open.Add(new(at, place, data));

    /// <summary>Makes a group of what was begun since the last one.</summary>
    public void Commit()
    {
        _groups.Enqueue(_open);
        _open = [];
    }

    /// <summary>What arrives when all groups but the newest are waited for.</summary>
    /// <param name="underWay">How many groups may stay under way.</param>
    public IEnumerable<Copy> Wait(int underWay)
    {
        while (_groups.Count > underWay)
            foreach (var copy in _groups.Dequeue()) yield return copy;
    }

    /// <summary>Forgets everything: another group of the grid begins.</summary>
    public void Clear()
    {
        _groups.Clear();
        _open.Clear();
    }

    /// <param name="At">The byte of shared memory.</param>
    /// <param name="Place">Where that is in the host's memory.</param>
    /// <param name="Data">What will be there.</param>
    public sealed record Copy(int At, nint Place, byte[] Data);
}
