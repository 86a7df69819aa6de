using System.Reflection.Emit;

namespace ILGPU.Execution;

/// <summary>An instruction that reads or writes an argument or a local, whichever of its many short forms it has.</summary>
internal readonly record struct VariableAccess(VariableAccessKind Kind, bool IsArgument, int Index)
{
    public static bool TryRead(IlInstruction instruction, out VariableAccess access)
    {
        access = default;
        var name = instruction.OpCode.Name!;
        VariableAccessKind kind;
        if (name.StartsWith("ldarga", StringComparison.Ordinal) || name.StartsWith("ldloca", StringComparison.Ordinal))
            kind = VariableAccessKind.Address;
        else if (name.StartsWith("ldarg", StringComparison.Ordinal) || name.StartsWith("ldloc", StringComparison.Ordinal))
            kind = instruction.OpCode == OpCodes.Localloc ? default : VariableAccessKind.Load;
        else if (name.StartsWith("starg", StringComparison.Ordinal) || name.StartsWith("stloc", StringComparison.Ordinal))
            kind = VariableAccessKind.Store;
        else
            return false;
        // ldloc.0 to ldloc.3 carry the number in their name.
        access = new(kind, name.Contains("arg"), instruction.Operand as int? ?? name[^1] - '0');
        return true;
    }
}
