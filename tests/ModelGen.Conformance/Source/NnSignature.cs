using System.Reflection;

namespace ModelGen.Conformance;

/// <summary>How a function or a factory of <see cref="Nn"/> is called, read from the runtime itself.</summary>
internal sealed class NnSignature
{
    private NnSignature(MethodInfo method, MethodInfo? call)
    {
        Parameters = method.GetParameters().ToDictionary(p => p.Name!, p => p.ParameterType);
        LayerType = call is null ? null : method.ReturnType.Name;
        Operands = call is null ? [] : [.. call.GetParameters().Select(p => p.Name!)];
        var result = call?.ReturnType ?? method.ReturnType;
        IsArray = result.IsArray;
        Results = result.IsGenericType ? result.GetGenericArguments().Length : 1;
    }

    /// <summary>The delegate that a factory returns; null for a function.</summary>
    public string? LayerType { get; }

    /// <summary>The parameters of the function or factory.</summary>
    public IReadOnlyDictionary<string, Type> Parameters { get; }

    /// <summary>The parameters of the layer; empty for a function.</summary>
    public IReadOnlyList<string> Operands { get; }

    /// <summary>How many tensors it returns as a tuple.</summary>
    public int Results { get; }

    /// <summary>Whether it returns an array of tensors.</summary>
    public bool IsArray { get; }

    /// <summary>The overload that takes all the arguments; null where there is none.</summary>
    public static NnSignature? Find(string name, IReadOnlyCollection<string> arguments)
    {
        foreach (var method in typeof(Nn).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name == name))
        {
            var call = typeof(Delegate).IsAssignableFrom(method.ReturnType) ? method.ReturnType.GetMethod("Invoke") : null;
            var names = method.GetParameters().Concat(call?.GetParameters() ?? []).Select(p => p.Name!).ToHashSet();
            // Another overload may want more: weights, where a layer is called as a function.
            var isEnough = method.GetParameters().All(p => p.IsOptional || arguments.Contains(p.Name!) || p.IsDefined(typeof(ParamArrayAttribute), false));
            if (isEnough && arguments.All(names.Contains)) return new(method, call);
        }
        return null;
    }
}
