using System.Reflection;
using System.Reflection.Emit;

namespace ILGPU.Execution;

/// <summary>
/// The types on the evaluation stack before each instruction: what a thread that waits in the middle of an expression has to
/// keep. An entry is null where the type is not known.
/// </summary>
internal static class StackTypes
{
    public static Dictionary<int, Type?[]> Compute(MethodInfo method, List<IlInstruction> instructions, Func<int, Type> local)
    {
        var parameters = method.GetParameters();
        var before = new Dictionary<int, Type?[]>();
        var stack = new List<Type?>();
        var reachable = true;
        foreach (var instruction in instructions)
        {
            // Behind a jump, the stack is what the branches to here have left; C# leaves none but to places further on.
            if (!reachable)
                stack.Clear();
            if (before.TryGetValue(instruction.Offset, out var left) && !reachable)
                stack.AddRange(left);
            before[instruction.Offset] = [.. stack];
            Step(instruction, stack, parameters, local);
            foreach (var target in Targets(instruction))
                before.TryAdd(target, [.. stack]);
            reachable = instruction.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw);
        }
        return before;
    }

    static IEnumerable<int> Targets(IlInstruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.ShortInlineBrTarget or OperandType.InlineBrTarget => [(int)instruction.Operand!],
        OperandType.InlineSwitch => (int[])instruction.Operand!,
        _ => [],
    };

    static void Step(IlInstruction instruction, List<Type?> stack, ParameterInfo[] parameters, Func<int, Type> local)
    {
        var code = instruction.OpCode;
        if (instruction.Operand is MethodBase callee && code.FlowControl == FlowControl.Call)
        {
            Pop(stack, callee.GetParameters().Length + (callee.IsStatic || code == OpCodes.Newobj ? 0 : 1));
            if (code == OpCodes.Newobj)
                stack.Add(callee.DeclaringType);
            else if (callee is MethodInfo { ReturnType: var type } && type != typeof(void))
                stack.Add(type);
            return;
        }
        if (code == OpCodes.Dup)
        {
            stack.Add(stack.Count > 0 ? stack[^1] : null);
            return;
        }
        var pops = Pops(code.StackBehaviourPop);
        var top = pops > 0 && stack.Count >= pops ? stack[^pops] : null;
        Pop(stack, pops);
        if (code.StackBehaviourPush is not (StackBehaviour.Push0 or StackBehaviour.Varpush))
            stack.Add(Result(instruction, top, parameters, local));
    }

    static Type? Result(IlInstruction instruction, Type? top, ParameterInfo[] parameters, Func<int, Type> local)
    {
        var code = instruction.OpCode;
        if (VariableAccess.TryRead(instruction, out var access))
        {
            var type = access.IsArgument ? parameters[access.Index].ParameterType : local(access.Index);
            return access.Kind == VariableAccessKind.Address ? type.MakeByRefType() : type;
        }
        if (instruction.Operand is FieldInfo field)
            return code == OpCodes.Ldflda || code == OpCodes.Ldsflda ? field.FieldType.MakeByRefType() : field.FieldType;
        if (code == OpCodes.Ldobj || code == OpCodes.Unbox_Any)
            return (Type)instruction.Operand!;
        if (code == OpCodes.Ldind_R4)
            return typeof(float);
        if (code == OpCodes.Ldind_R8)
            return typeof(double);
        if (code == OpCodes.Ldind_I8)
            return typeof(long);
        if (code.Name!.StartsWith("ldind.", StringComparison.Ordinal))
            return typeof(int);
        if (code.Name is "conv.r4" or "conv.r.un")
            return typeof(float);
        if (code.Name is "conv.r8")
            return typeof(double);
        if (code.Name.StartsWith("conv.", StringComparison.Ordinal))
            return code.Name.Contains("i8") || code.Name.Contains("u8") ? typeof(long) : code.Name is "conv.i" or "conv.u" ? typeof(nint) : typeof(int);
        return code.StackBehaviourPush switch
        {
            StackBehaviour.Pushi => typeof(int),
            StackBehaviour.Pushi8 => typeof(long),
            StackBehaviour.Pushr4 => typeof(float),
            StackBehaviour.Pushr8 => typeof(double),
            // Arithmetic: both operands have the type of the result, or a shift's first one.
            StackBehaviour.Push1 => top,
            _ => null,
        };
    }

    static int Pops(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Pop0 or StackBehaviour.Varpop => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8
            or StackBehaviour.Popref_popi_popr4 or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref
            or StackBehaviour.Popref_popi_pop1 => 3,
        _ => 2,
    };

    static void Pop(List<Type?> stack, int count) => stack.RemoveRange(Math.Max(0, stack.Count - count), Math.Min(count, stack.Count));
}
