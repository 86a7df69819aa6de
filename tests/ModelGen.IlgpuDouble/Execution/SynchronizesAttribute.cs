namespace ILGPU.Execution;

/// <summary>Marks a call at which a thread waits for others.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SynchronizesAttribute(SyncKind kind) : Attribute
{
    public SyncKind Kind { get; } = kind;
}
