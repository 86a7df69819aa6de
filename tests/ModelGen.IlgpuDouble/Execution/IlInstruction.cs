using System.Reflection.Emit;

namespace ILGPU.Execution;

/// <summary>
/// One instruction of a method body. The operand is the member or type meant, the target's offset of a branch, the offsets of a
/// switch, the number of a variable, or the constant.
/// </summary>
internal readonly record struct IlInstruction(int Offset, int End, OpCode OpCode, object? Operand);
