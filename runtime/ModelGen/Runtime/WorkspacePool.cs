namespace ModelGen.Runtime;

/// <summary>Lends workspaces to concurrent callers without a lock: each slot is taken and given back by one exchange.</summary>
internal sealed class WorkspacePool
{
    private readonly Workspace?[] _slots;
    private readonly int _lossFloats;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="capacity">How many idle workspaces it keeps.</param>
    /// <param name="lossFloats">Room for the loss and the sums behind it.</param>
    public WorkspacePool(int capacity, int lossFloats) => (_slots, _lossFloats) = (new Workspace?[capacity], lossFloats);

    /// <summary>Takes a workspace, a new one if all are lent.</summary>
    public Workspace Rent()
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (Volatile.Read(ref _slots[i]) is not null && Interlocked.Exchange(ref _slots[i], null) is { } workspace)
                return workspace;
        }

        return new Workspace(_lossFloats);
    }

    /// <summary>Gives a workspace back.</summary>
    public void Return(Workspace workspace)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _slots[i], workspace, null) is null)
                return;
        }
    }
}
