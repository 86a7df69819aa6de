namespace ModelGen.Runtime;

/// <summary>Lends workspaces to concurrent callers without a lock: each slot is taken and given back by one exchange.</summary>
internal sealed class WorkspacePool : IDisposable
{
    private readonly Workspace?[] _slots;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="capacity">How many idle workspaces it keeps.</param>
    public WorkspacePool(int capacity) => _slots = new Workspace?[capacity];

    /// <summary>Takes a workspace, a new one if all are lent.</summary>
    public Workspace Rent()
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (Volatile.Read(ref _slots[i]) is not null && Interlocked.Exchange(ref _slots[i], null) is { } workspace)
                return workspace;
        }

        return new Workspace();
    }

    /// <summary>Gives a workspace back.</summary>
    public void Return(Workspace workspace)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _slots[i], workspace, null) is null)
                return;
        }

        workspace.Dispose();
    }

    /// <summary>Frees the idle workspaces.</summary>
    public void Dispose()
    {
        for (var i = 0; i < _slots.Length; i++)
            Interlocked.Exchange(ref _slots[i], null)?.Dispose();
    }
}
