namespace ILGPU;

/// <summary>What the launcher needs to know of a view to check it.</summary>
internal unsafe interface IArrayView
{
    void* Pointer { get; }

    long LengthInBytes { get; }
}
