using System.Runtime.InteropServices;

namespace ILGPU.Execution;

/// <summary>Allocations, poisoned when new and when freed, and the register that finds stale views.</summary>
internal static unsafe class DeviceMemory
{
    /// <summary>What an allocation starts on, and what a kernel's views must start on.</summary>
    public const int Alignment = 256;

    const byte Fresh = 0xCD, Freed = 0xDD;

    static readonly SortedList<nint, (long Bytes, bool IsHost)> Blocks = [];

    public static void* Allocate(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var pointer = NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 1), Alignment);
        NativeMemory.Fill(pointer, (nuint)bytes, Fresh);
        lock (Blocks)
            Blocks.Add((nint)pointer, (bytes, false));
        return pointer;
    }

    public static void Free(void* pointer)
    {
        lock (Blocks)
        {
            Blocks.Remove((nint)pointer, out var block);
            NativeMemory.Fill(pointer, (nuint)block.Bytes, Freed);
        }
        NativeMemory.AlignedFree(pointer);
    }

    public static void RegisterHost(void* pointer, long bytes)
    {
        lock (Blocks)
            Blocks[(nint)pointer] = (bytes, true);
    }

    public static void UnregisterHost(void* pointer)
    {
        lock (Blocks)
            Blocks.Remove((nint)pointer);
    }

    /// <summary>Throws unless the view lies in a live allocation.</summary>
    public static void Check(IArrayView view, string user)
    {
        if (view.LengthInBytes != 0 && Find(view.Pointer, view.LengthInBytes) is null)
            throw new ObjectDisposedException(user, $"{user}: the view's buffer has been disposed.");
    }

    /// <summary>Whether a live allocation holds the range and is the host's; null when none holds it.</summary>
    public static bool? Find(void* pointer, long bytes)
    {
        lock (Blocks)
        {
            var keys = Blocks.Keys;
            int low = 0, high = keys.Count - 1;
            while (low <= high)
            {
                var middle = (low + high) >>> 1;
                if (keys[middle] <= (nint)pointer)
                    low = middle + 1;
                else
                    high = middle - 1;
            }
            if (high < 0)
                return null;
            var (length, isHost) = Blocks.Values[high];
            return (nint)pointer + bytes <= keys[high] + length ? isHost : null;
        }
    }
}
