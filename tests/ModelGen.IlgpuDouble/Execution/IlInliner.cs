using System.Reflection;
using System.Reflection.Emit;

namespace ILGPU.Execution;

/// <summary>The body of a kernel with the helpers in which threads wait written out in their places, as ILGPU itself does it.</summary>
internal sealed class IlInliner
{
    // Which helper a local belongs to, and which instructions are whose; 0 is the kernel.
    readonly List<int> owners = [];
    readonly List<(int Start, int End, int Owner)> ranges = [];

    // Branches that have their target.
    readonly HashSet<int> done = [];
    readonly HashSet<MethodBase> open = [];
    int offset;

    IlInliner() { }

    /// <summary>The instructions; calls of helpers that wait are gone.</summary>
    public List<IlInstruction> Instructions { get; } = [];

    /// <summary>The locals: the kernel's, then those of each helper with its parameters.</summary>
    public List<Type> Locals { get; } = [];

    /// <summary>Writes a kernel out; null where a helper cannot be.</summary>
    public static IlInliner? TryWrite(MethodInfo kernel)
    {
        var inliner = new IlInliner();
        return inliner.Write(kernel, null) ? inliner : null;
    }

    /// <summary>Whether a local has a value at an instruction: those of a helper have none outside of it.</summary>
    public bool IsAlive(int local, IlInstruction instruction) => owners[local] == 0
        || ranges.Any(r => r.Owner == owners[local] && r.Start <= instruction.Offset && instruction.Offset < r.End);

    // arguments: the first local that stands for a parameter; null for the kernel itself.
    bool Write(MethodInfo method, int? arguments)
    {
        if (method.GetMethodBody() is not { ExceptionHandlingClauses.Count: 0 } body || !open.Add(method))
            return false;
        var owner = arguments is null ? 0 : ranges.Count + 1;
        if (arguments is not null)
            foreach (var parameter in method.GetParameters())
                AddLocal(parameter.ParameterType, owner);
        var locals = Locals.Count;
        foreach (var local in body.LocalVariables)
            AddLocal(local.LocalType, owner);
        var start = offset;
        var range = ranges.Count;
        if (arguments is not null)
            ranges.Add((start, int.MaxValue, owner));
        var read = IlReader.Read(method);
        // Offsets stay in order but not close: a helper takes the place of its call.
        var places = new Dictionary<int, int>();
        var end = new List<int>();
        foreach (var instruction in read)
        {
            places[instruction.Offset] = offset;
            if (instruction.Operand is MethodInfo callee && instruction.OpCode == OpCodes.Call && WaitScan.WaitAt(callee) == SyncKind.Finished
                && WaitScan.Waits(callee))
            {
                if (!callee.IsStatic || callee.ReturnType != typeof(void))
                    return false;
                var first = Locals.Count;
                for (var p = callee.GetParameters().Length - 1; p >= 0; p--)
                    Add(OpCodes.Stloc, first + p);
                if (!Write(callee, first))
                    return false;
            }
            else if (arguments is not null && instruction.OpCode == OpCodes.Ret)
            {
                end.Add(Instructions.Count);
                Add(OpCodes.Br, 0);
            }
            else if (VariableAccess.TryRead(instruction, out var access) && (arguments is not null || !access.IsArgument))
            {
                Add(Code(access.Kind), access.IsArgument ? arguments!.Value + access.Index : locals + access.Index);
            }
            else
            {
                Add(instruction.OpCode, instruction.Operand);
            }
        }
        if (arguments is not null)
            ranges[range] = (start, offset, owner);
        Retarget(start, places, end);
        open.Remove(method);
        return true;
    }

    void AddLocal(Type type, int owner)
    {
        Locals.Add(type);
        owners.Add(owner);
    }

    void Add(OpCode code, object? operand) => Instructions.Add(new(offset++, offset, code, operand));

    // Branches of this method: those of helpers written out within it have their targets already.
    void Retarget(int start, Dictionary<int, int> places, List<int> end)
    {
        for (var i = 0; i < Instructions.Count; i++)
        {
            var instruction = Instructions[i];
            if (instruction.Offset < start || done.Contains(i))
                continue;
            object? operand = instruction.OpCode.OperandType switch
            {
                OperandType.ShortInlineBrTarget or OperandType.InlineBrTarget => end.Contains(i) ? offset : places[(int)instruction.Operand!],
                OperandType.InlineSwitch => ((int[])instruction.Operand!).Select(target => places[target]).ToArray(),
                _ => instruction.Operand,
            };
            Instructions[i] = instruction with { Operand = operand };
            done.Add(i);
        }
    }

    static OpCode Code(VariableAccessKind kind) => kind switch
    {
        VariableAccessKind.Address => OpCodes.Ldloca,
        VariableAccessKind.Store => OpCodes.Stloc,
        _ => OpCodes.Ldloc,
    };
}
