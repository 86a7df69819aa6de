using System.Reflection;

namespace ILGPU.Execution;

/// <summary>Finds out whether a kernel's threads wait for each other, and whether they do so inside a helper.</summary>
internal static class WaitScan
{
    public static (bool Waits, bool InHelper) Scan(MethodInfo kernel)
    {
        bool direct = false, inHelper = false;
        var seen = new HashSet<MethodBase>();
        Visit(kernel, true);
        return (direct || inHelper, inHelper);

        void Visit(MethodBase method, bool isKernel)
        {
            if (!seen.Add(method) || IsFramework(method.Module.Assembly))
                return;
            foreach (var instruction in IlReader.Read(method))
            {
                if (instruction.Operand is not MethodBase callee)
                    continue;
                if (WaitAt(callee) == SyncKind.Finished)
                    Visit(callee, false);
                else if (isKernel)
                    direct = true;
                else
                    inHelper = true;
            }
        }
    }

    /// <summary>What a call waits for; Finished when for nothing.</summary>
    public static SyncKind WaitAt(MethodBase callee) =>
        callee.Module == typeof(WaitScan).Module && callee.GetCustomAttribute<SynchronizesAttribute>() is { } attribute
            ? attribute.Kind
            : SyncKind.Finished;

    static bool IsFramework(Assembly assembly) => assembly.GetName().Name is { } name
        && (name.StartsWith("System.", StringComparison.Ordinal) || name == "mscorlib" || name == "netstandard");
}
