using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace ILGPU.Execution;

/// <summary>
/// A kernel rewritten so that one thread can run all threads of a group: at each wait it stores its variables in a frame and
/// returns the number of the wait; called again with that number, it loads them and goes on. A barrier of 256 threads then
/// costs some 10 µs; with real threads it costs a millisecond, and an emitted matrix product has thousands.
/// </summary>
internal sealed class ResumableMethod
{
    static readonly MethodInfo s_load = typeof(SharedTouches).GetMethod(nameof(SharedTouches.Load))!;
    static readonly MethodInfo s_store = typeof(SharedTouches).GetMethod(nameof(SharedTouches.Store))!;

    readonly Dictionary<Type, LocalBuilder> storedValues = [];
    readonly MethodInfo method;
    readonly List<IlInstruction> instructions;
    readonly IlInliner body;
    readonly Type[] localTypes;
    readonly ILGenerator il;
    readonly int frameArgument, stateArgument;
    readonly Dictionary<int, Label> labels = [];
    readonly Dictionary<int, LocalBuilder> argumentCopies = [];
    readonly List<LocalBuilder> variables = [];
    readonly List<Label> resumePoints = [];
    readonly List<SyncKind> waits = [SyncKind.Finished];
    Dictionary<int, Type?[]> stacks = [];

    ResumableMethod(MethodInfo method, IlInliner body, ILGenerator il)
    {
        this.method = method;
        this.body = body;
        instructions = body.Instructions;
        localTypes = [.. body.Locals];
        this.il = il;
        frameArgument = method.GetParameters().Length;
        stateArgument = frameArgument + 1;
    }

    public Delegate Delegate { get; private set; } = null!;

    /// <summary>Bytes that a thread keeps while it waits.</summary>
    public int FrameSize { get; private set; }

    /// <summary>What each state waits for; state 0 has finished.</summary>
    public SyncKind[] WaitKinds => [.. waits];

    /// <summary>Rewrites a kernel; null where its code has something that cannot be kept in a frame.</summary>
    public static ResumableMethod? TryCreate(MethodInfo method, Type delegateType)
    {
        if (IlInliner.TryWrite(method) is not { } body || body.Locals.Any(type => !CanKeep(type)))
            return null;
        var parameters = method.GetParameters().Select(parameter => parameter.ParameterType);
        var dynamic = new DynamicMethod(
            method.Name + " (resumable)", typeof(int), [.. parameters, typeof(nint), typeof(int)], method.Module, skipVisibility: true);
        var rewriter = new ResumableMethod(method, body, dynamic.GetILGenerator());
        if (!rewriter.Rewrite())
            return null;
        rewriter.Delegate = dynamic.CreateDelegate(delegateType);
        return rewriter;
    }

    static bool CanKeep(Type type) => type.IsByRef || type.IsPointer || !(bool)typeof(RuntimeHelpers)
        .GetMethod(nameof(RuntimeHelpers.IsReferenceOrContainsReferences))!.MakeGenericMethod(type).Invoke(null, null)!;

    static int SizeOf(Type type) => type.IsByRef || type.IsPointer ? sizeof(long) : (int)typeof(Unsafe)
        .GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    bool Rewrite()
    {
        stacks = StackTypes.Compute(method, instructions, index => localTypes[index]);
        variables.AddRange(localTypes.Select(type => il.DeclareLocal(type)));
        CopyChangedArguments();
        foreach (var target in instructions.SelectMany(Targets).Distinct())
            labels.Add(target, il.DefineLabel());
        var waitCount = instructions.Count(instruction => WaitOf(instruction) != SyncKind.Finished);
        for (var i = 0; i < waitCount; i++)
            resumePoints.Add(il.DefineLabel());

        // switch (state): 0 falls into the kernel, n jumps behind its n-th wait.
        var begin = il.DefineLabel();
        il.Emit(OpCodes.Ldarg, (short)stateArgument);
        il.Emit(OpCodes.Switch, [begin, .. resumePoints]);
        il.MarkLabel(begin);
        foreach (var (argument, copy) in argumentCopies)
        {
            il.Emit(OpCodes.Ldarg, (short)argument);
            il.Emit(OpCodes.Stloc, copy);
        }
        foreach (var instruction in instructions)
        {
            if (labels.TryGetValue(instruction.Offset, out var label))
                il.MarkLabel(label);
            if (!EmitInstruction(instruction))
                return false;
        }
        return true;
    }

    // A kernel that assigns to a parameter gets a local for it: the caller passes the first value at each call.
    void CopyChangedArguments()
    {
        foreach (var instruction in instructions)
        {
            if (!VariableAccess.TryRead(instruction, out var access) || !access.IsArgument
                || access.Kind != VariableAccessKind.Store || argumentCopies.ContainsKey(access.Index))
            {
                continue;
            }
            var copy = il.DeclareLocal(method.GetParameters()[access.Index].ParameterType);
            argumentCopies.Add(access.Index, copy);
            variables.Add(copy);
        }
    }

    bool EmitInstruction(IlInstruction instruction)
    {
        var code = instruction.OpCode;
        var wait = WaitOf(instruction);
        if (wait != SyncKind.Finished)
            return EmitWait(instruction, (MethodInfo)instruction.Operand!, wait);
        if (code == OpCodes.Ret)
        {
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Ret);
            return true;
        }
        if (VariableAccess.TryRead(instruction, out var access))
        {
            EmitAccess(access);
            return true;
        }
        EmitTouch(instruction);
        switch (instruction.Operand)
        {
            case null:
                il.Emit(code);
                return true;
            case int[] targets:
                il.Emit(code, targets.Select(target => labels[target]).ToArray());
                return true;
            case int target when code.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget:
                il.Emit(LongForm(code), labels[target]);
                return true;
            case int value:
                il.Emit(code, value);
                return true;
            case sbyte value:
                il.Emit(code, value);
                return true;
            case long value:
                il.Emit(code, value);
                return true;
            case float value:
                il.Emit(code, value);
                return true;
            case double value:
                il.Emit(code, value);
                return true;
            case MethodInfo callee:
                il.Emit(code, callee);
                return true;
            case ConstructorInfo constructor:
                il.Emit(code, constructor);
                return true;
            case FieldInfo field:
                il.Emit(code, field);
                return true;
            case Type type:
                il.Emit(code, type);
                return true;
            default:
                return false;
        }
    }

    // Through a reference: to memory, shared or not, or to a variable.
    void EmitTouch(IlInstruction instruction)
    {
        var code = instruction.OpCode;
        var name = code.Name!;
        var size = name[(name.IndexOf('.') + 1)..] switch
        {
            "i1" or "u1" => 1,
            "i2" or "u2" => 2,
            "i4" or "u4" or "r4" => 4,
            "i8" or "r8" => 8,
            _ => instruction.Operand is Type type && (code == OpCodes.Ldobj || code == OpCodes.Stobj || code == OpCodes.Initobj) ? SizeOf(type) : 0,
        };
        if (size == 0
            || !(name.StartsWith("ldind", StringComparison.Ordinal) || name.StartsWith("stind", StringComparison.Ordinal) || code == OpCodes.Ldobj
                || code == OpCodes.Stobj || code == OpCodes.Initobj))
            return;
        if (name[0] is 'l' or 'i')
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Conv_U);
            il.Emit(OpCodes.Ldc_I4, size);
            il.Emit(OpCodes.Call, name[0] == 'l' ? s_load : s_store);
            return;
        }
        var value = StoredValue(name, instruction.Operand as Type);
        il.Emit(OpCodes.Stloc, value);
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldc_I4, size);
        il.Emit(OpCodes.Call, s_store);
        il.Emit(OpCodes.Ldloc, value);
    }

    // Where the value of a store waits while its address is looked at.
    LocalBuilder StoredValue(string code, Type? type)
    {
        type ??= code switch
        {
            "stind.r4" => typeof(float),
            "stind.r8" => typeof(double),
            "stind.i8" => typeof(long),
            _ => typeof(int),
        };
        if (!storedValues.TryGetValue(type, out var value))
            storedValues[type] = value = il.DeclareLocal(type);
        return value;
    }

    void EmitAccess(VariableAccess access)
    {
        if (access.IsArgument && !argumentCopies.ContainsKey(access.Index))
        {
            il.Emit(access.Kind == VariableAccessKind.Address ? OpCodes.Ldarga : OpCodes.Ldarg, (short)access.Index);
            return;
        }
        var variable = access.IsArgument ? argumentCopies[access.Index] : variables[access.Index];
        il.Emit(
            access.Kind switch
            {
                VariableAccessKind.Address => OpCodes.Ldloca,
                VariableAccessKind.Store => OpCodes.Stloc,
                _ => OpCodes.Ldloc,
            },
            variable);
    }

    bool EmitWait(IlInstruction instruction, MethodInfo callee, SyncKind wait)
    {
        var exchanged = callee.ReturnType == typeof(void) ? null : callee.ReturnType;
        var stack = stacks[instruction.Offset].AsSpan();
        if (exchanged is not null)
        {
            il.Emit(OpCodes.Call, typeof(Lane).GetMethod(nameof(Lane.Publish))!.MakeGenericMethod(exchanged));
            stack = stack[..^2];
        }
        foreach (var type in stack)
        {
            if (type is null || !CanKeep(type))
                return false;
        }

        // What the expression around the wait has computed so far goes through locals of its own into the frame.
        var pending = new LocalBuilder[stack.Length];
        for (var i = stack.Length - 1; i >= 0; i--)
        {
            pending[i] = il.DeclareLocal(stack[i]!);
            il.Emit(OpCodes.Stloc, pending[i]);
        }
        LocalBuilder[] kept = [.. variables.Where((_, local) => local >= localTypes.Length || body.IsAlive(local, instruction)), .. pending];
        var offset = 0;
        foreach (var variable in kept)
        {
            EmitFrameAddress(ref offset, variable.LocalType, out var isReference);
            il.Emit(OpCodes.Ldloc, variable);
            if (isReference)
                il.Emit(OpCodes.Stind_I);
            else
                il.Emit(OpCodes.Stobj, variable.LocalType);
        }
        FrameSize = Math.Max(FrameSize, offset);
        var state = waits.Count;
        waits.Add(wait);
        il.Emit(OpCodes.Ldc_I4, state);
        il.Emit(OpCodes.Ret);

        il.MarkLabel(resumePoints[state - 1]);
        offset = 0;
        foreach (var variable in kept)
        {
            EmitFrameAddress(ref offset, variable.LocalType, out var isReference);
            if (isReference)
                il.Emit(OpCodes.Ldind_I);
            else
                il.Emit(OpCodes.Ldobj, variable.LocalType);
            il.Emit(OpCodes.Stloc, variable);
        }
        foreach (var value in pending)
            il.Emit(OpCodes.Ldloc, value);
        if (exchanged is not null)
            il.Emit(OpCodes.Call, typeof(Lane).GetMethod(nameof(Lane.Receive))!.MakeGenericMethod(exchanged));
        return true;
    }

    void EmitFrameAddress(ref int offset, Type type, out bool isReference)
    {
        isReference = type.IsByRef || type.IsPointer;
        il.Emit(OpCodes.Ldarg, (short)frameArgument);
        il.Emit(OpCodes.Ldc_I4, offset);
        il.Emit(OpCodes.Add);
        offset += (SizeOf(type) + 7) & ~7;
    }

    static IEnumerable<int> Targets(IlInstruction instruction) => instruction.Operand switch
    {
        int[] targets => targets,
        int target when instruction.OpCode.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget => [target],
        _ => [],
    };

    static SyncKind WaitOf(IlInstruction instruction) =>
        instruction.Operand is MethodInfo callee ? WaitScan.WaitAt(callee) : SyncKind.Finished;

    // "bne.un.s" is short for the field Bne_Un.
    static OpCode LongForm(OpCode code)
    {
        if (code.OperandType == OperandType.InlineBrTarget)
            return code;
        var parts = code.Name![..^2].Split('.').Select(part => char.ToUpperInvariant(part[0]) + part[1..]);
        return (OpCode)typeof(OpCodes).GetField(string.Join('_', parts))!.GetValue(null)!;
    }
}
