using System.Reflection;

namespace ILGPU.Execution;

/// <summary>Finds out whether a kernel's threads wait for each other, in itself or in a helper.</summary>
internal static class WaitScan
{
    public static bool Waits(MethodBase kernel)
    {
        var seen = new HashSet<MethodBase>();
        return Visit(kernel);

        bool Visit(MethodBase method) => seen.Add(method) && !IsFramework(method.Module.Assembly)
            && IlReader.Read(method).Any(instruction => instruction.Operand is MethodBase callee && (WaitAt(callee) != SyncKind.Finished || Visit(callee)));
    }

    /// <summary>What a call waits for; Finished when for nothing.</summary>
    public static SyncKind WaitAt(MethodBase callee) =>
        callee.Module == typeof(WaitScan).Module && callee.GetCustomAttribute<SynchronizesAttribute>() is { } attribute
            ? attribute.Kind
            : SyncKind.Finished;

    static bool IsFramework(Assembly assembly) => assembly.GetName().Name is { } name
        && (name.StartsWith("System.", StringComparison.Ordinal) || name == "mscorlib" || name == "netstandard");
}
