using System.Reflection;
using System.Reflection.Emit;

namespace ILGPU.Execution;

/// <summary>Decodes the body of a method.</summary>
internal static class IlReader
{
    static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The instructions, or none where the method has no body.</summary>
    public static List<IlInstruction> Read(MethodBase method)
    {
        var instructions = new List<IlInstruction>();
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
            return instructions;
        var typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var position = 0; position < il.Length;)
        {
            var offset = position;
            short value = il[position++];
            if (value == 0xFE)
                value = (short)(0xFE00 | il[position++]);
            var code = OpCodesByValue[value];
            object? operand = null;
            switch (code.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineI:
                    operand = (sbyte)il[position];
                    position += 1;
                    break;
                case OperandType.ShortInlineVar:
                    operand = (int)il[position];
                    position += 1;
                    break;
                case OperandType.InlineVar:
                    operand = (int)BitConverter.ToUInt16(il, position);
                    position += 2;
                    break;
                case OperandType.ShortInlineBrTarget:
                    operand = position + 1 + (sbyte)il[position];
                    position += 1;
                    break;
                case OperandType.InlineBrTarget:
                    operand = position + 4 + BitConverter.ToInt32(il, position);
                    position += 4;
                    break;
                case OperandType.InlineI8:
                    operand = BitConverter.ToInt64(il, position);
                    position += 8;
                    break;
                case OperandType.InlineR:
                    operand = BitConverter.ToDouble(il, position);
                    position += 8;
                    break;
                case OperandType.ShortInlineR:
                    operand = BitConverter.ToSingle(il, position);
                    position += 4;
                    break;
                case OperandType.InlineSwitch:
                    var count = BitConverter.ToInt32(il, position);
                    position += 4;
                    var start = position;
                    operand = Enumerable.Range(0, count)
                        .Select(i => start + (4 * count) + BitConverter.ToInt32(il, start + (4 * i))).ToArray();
                    position += 4 * count;
                    break;
                case OperandType.InlineI:
                    operand = BitConverter.ToInt32(il, position);
                    position += 4;
                    break;
                case OperandType.InlineString:
                    operand = method.Module.ResolveString(BitConverter.ToInt32(il, position));
                    position += 4;
                    break;
                case OperandType.InlineSig:
                    operand = method.Module.ResolveSignature(BitConverter.ToInt32(il, position));
                    position += 4;
                    break;
                default:
                    operand = method.Module.ResolveMember(BitConverter.ToInt32(il, position), typeArguments, methodArguments);
                    position += 4;
                    break;
            }
            instructions.Add(new(offset, position, code, operand));
        }
        return instructions;
    }
}
