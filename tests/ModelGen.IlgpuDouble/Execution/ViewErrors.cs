using System.Diagnostics.CodeAnalysis;

namespace ILGPU.Execution;

/// <summary>What goes wrong with views, said with the name of the view.</summary>
internal static unsafe class ViewErrors
{
    [DoesNotReturn]
    public static void ThrowAccess(void* pointer, long index, long length, Type element)
    {
        if (Launch.Running == 0)
            throw new InvalidOperationException($"A view of {element.Name} was indexed outside a kernel: device memory is not the host's, copy it.");
        throw new IndexOutOfRangeException($"Index {index} is outside the view '{Name(pointer)}' of {length} {element.Name}.");
    }

    [DoesNotReturn]
    public static void ThrowSubView(long index, long subLength, long length, Type element) =>
        throw new ArgumentOutOfRangeException(nameof(index), $"The part [{index}, {index + subLength}) is outside a view of {length} {element.Name}.");

    [DoesNotReturn]
    public static void ThrowMisaligned(nint pointer, int alignment, Type element) =>
        throw new InvalidOperationException(
            $"A cast to {element.Name} needs the view '{Name((void*)pointer)}' aligned to {alignment} bytes, and it lies {pointer % alignment} "
                + "past such a border.");

    static string Name(void* pointer) => Lane.CurrentOrNull?.Group.NameOf(pointer) ?? "unnamed";
}
