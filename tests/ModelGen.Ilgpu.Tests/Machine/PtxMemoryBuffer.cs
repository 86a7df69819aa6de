using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>Memory of the machine. The host reaches it by copies alone, which are done at once.</summary>
internal sealed unsafe class PtxMemoryBuffer : MemoryBuffer
{
    private readonly MemoryMap _memory;
    private readonly MemoryBlock _block;

    public PtxMemoryBuffer(PtxAccelerator accelerator, long length, int elementSize)
        : base(accelerator, length, elementSize)
    {
        _memory = accelerator.Memory;
        _block = _memory.Allocate(length * elementSize);
        NativePtr = _block.Start;
    }

    protected override void MemSet(AcceleratorStream stream, byte value, in ArrayView<byte> targetView) =>
        new Span<byte>((void*)targetView.LoadEffectiveAddressAsPtr(), (int)targetView.Length).Fill(value);

    protected override void CopyFrom(AcceleratorStream stream, in ArrayView<byte> sourceView, in ArrayView<byte> targetView) => Copy(sourceView, targetView);

    protected override void CopyTo(AcceleratorStream stream, in ArrayView<byte> sourceView, in ArrayView<byte> targetView) => Copy(sourceView, targetView);

    protected override void DisposeAcceleratorObject(bool disposing) => _memory.Free(_block);

    private static void Copy(ArrayView<byte> source, ArrayView<byte> target) =>
        new Span<byte>((void*)source.LoadEffectiveAddressAsPtr(), (int)source.Length).CopyTo(new Span<byte>((void*)target.LoadEffectiveAddressAsPtr(),
            (int)target.Length));
}
