using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>Lays arguments out as the text of a kernel reads them: a view is its address and its length, a struct its fields, each on its own border.</summary>
internal static class KernelArguments
{
    public static byte[] Bytes(PtxProgram program, object[] arguments)
    {
        var bytes = new byte[program.ParameterBytes];
        for (var i = 0; i < arguments.Length; i++)
        {
            var end = Put(arguments[i], bytes, program.ParameterOffsets[i]);
            var limit = i + 1 < arguments.Length ? program.ParameterOffsets[i + 1] : program.ParameterBytes;
            if (end > limit)
                throw new PtxException(
                    $"Argument {i} of {program.Name} has {end - program.ParameterOffsets[i]} bytes and the text reads {limit - program.ParameterOffsets[i]}.");
        }

        return bytes;
    }

    // Returns where the value ends.
    private static int Put(object value, byte[] bytes, int offset)
    {
        switch (value)
        {
            case int or uint or float:
                offset = (offset + 3) & ~3;
                MemoryMarshal.Write(bytes.AsSpan(offset), value switch { int i => (uint)i, uint u => u, _ => BitConverter.SingleToUInt32Bits((float)value) });
                return offset + 4;
            case long number:
                offset = (offset + 7) & ~7;
                MemoryMarshal.Write(bytes.AsSpan(offset), number);
                return offset + 8;
            case IArrayView view:
                offset = (offset + 7) & ~7;
                MemoryMarshal.Write(bytes.AsSpan(offset), Address(value));
                MemoryMarshal.Write(bytes.AsSpan(offset + 8), view.Length);
                return offset + 16;
            default:
                foreach (var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                    .OrderBy(f => f.MetadataToken))
                    offset = Put(field.GetValue(value)!, bytes, offset);
                return offset;
        }
    }

    private static long Address(object view) => view switch
    {
        ArrayView<float> floats => floats.Length == 0 ? 0 : floats.LoadEffectiveAddressAsPtr(),
        ArrayView<int> ints => ints.Length == 0 ? 0 : ints.LoadEffectiveAddressAsPtr(),
        _ => throw new NotSupportedException(view.GetType().ToString()),
    };
}
