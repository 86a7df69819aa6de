namespace ModelGen.Runtime;

/// <summary>The columns of a batch and their addresses. A call that reads them keeps a reference, so that they outlive the batch's disposal.</summary>
internal sealed unsafe class BatchMemory
{
    private readonly AlignedBuffer[] _columns;
    private readonly AlignedBuffer _addresses;

    /// <summary>Takes memory.</summary>
    /// <param name="lengths">The elements of each column.</param>
    public BatchMemory(long[] lengths)
    {
        _columns = [.. lengths.Select(AlignedBuffer.OfFloats)];
        _addresses = new AlignedBuffer((long)lengths.Length * sizeof(void*));
        for (var i = 0; i < lengths.Length; i++)
            Addresses[i] = _columns[i].Start;
    }

    /// <summary>Where each column begins.</summary>
    public void** Addresses => (void**)_addresses.Start;

    /// <summary>A column.</summary>
    public AlignedBuffer this[int column] => _columns[column];
}
