using Microsoft.CodeAnalysis;

namespace ModelGen.Gpu.Tests.Rules;

/// <summary>Types and functions that no kernel may use, each with the reason or the replacement.</summary>
internal static class BannedApis
{
    private static readonly Dictionary<string, string> Functions = new(StringComparer.Ordinal)
    {
        ["FusedMultiplyAdd"] = "is unresolved when the kernel is loaded; a * b + c becomes FFMA by itself",
        ["Log2"] = "is unresolved when the kernel is loaded; use XMath.Log2",
        ["Cbrt"] = "is unresolved when the kernel is loaded; use XMath.Pow",
        ["ReciprocalSqrtEstimate"] = "recurses for ever; use XMath.Rsqrt",
        ["ReciprocalEstimate"] = "is not mapped; use XMath.Rcp",
        ["CopySign"] = "has its arguments swapped on the device; use Utilities.Select",
        ["Tanh"] = "becomes tanh.approx, good to 2^-11; write tanh by exp, or use XMath.Tanh",
        ["Floor"] = "needs the algorithms; use XMath.Floor",
        ["Ceiling"] = "needs the algorithms; use XMath.Ceiling",
        ["Round"] = "needs the algorithms; use XMath.Round",
        ["Truncate"] = "needs the algorithms; use XMath.Truncate",
        ["SinCos"] = "is not mapped; use XMath.Sin and XMath.Cos",
        ["ScaleB"] = "is not mapped; use XMath.Exp2",
        ["ILogB"] = "is not mapped; use Interop.FloatAsInt",
        ["BitIncrement"] = "is not mapped; use Interop.FloatAsInt",
        ["BitDecrement"] = "is not mapped; use Interop.FloatAsInt",
    };

    /// <summary>Why a type is banned; null where it is not.</summary>
    public static string? ReasonAgainst(ITypeSymbol? type)
    {
        if (type is null)
            return null;
        if (type.IsRefLikeType)
            return $"{type.Name} is a ref struct, which ILGPU does not compile";
        if (type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "InlineArrayAttribute"))
            return $"{type.Name} is an inline array; use a fixed buffer or scalars";
        var space = type.ContainingNamespace?.ToDisplayString() ?? "";
        if (space == "System.Numerics" || space.StartsWith("System.Runtime.Intrinsics", StringComparison.Ordinal))
            return $"{space}.{type.Name} is the processor's";
        return (space, type.Name) switch
        {
            ("System", "Half") => "System.Half is not ILGPU.Half",
            ("System", "Decimal") => "decimal is not on the device",
            ("System", "BitConverter") => "BitConverter is not mapped; use Interop.FloatAsInt and IntAsFloat",
            ("System.Runtime.CompilerServices", "Unsafe") => "Unsafe is not mapped; use ArrayView.Cast",
            ("System.Runtime.InteropServices", "MemoryMarshal") => "MemoryMarshal is not mapped; use ArrayView.Cast",
            ("System", "Array" or "Console" or "GC" or "Random" or "Environment") => $"{type.Name} is the host's",
            _ => null,
        };
    }

    /// <summary>Why a function is banned; null where it is not.</summary>
    public static string? ReasonAgainst(IMethodSymbol method)
    {
        var type = method.ContainingType;
        var space = type.ContainingNamespace?.ToDisplayString();
        var isMath = space == "System" && type.Name is "MathF" or "Math" or "Single" or "Double";
        if ((isMath || type.Name == "IntrinsicMath") && Functions.TryGetValue(method.Name, out var reason))
            return $"{type.Name}.{method.Name} {reason}";
        if (space == "System" && type.Name is "Math" && method.Parameters.Length > 0 && method.Parameters[0].Type.SpecialType == SpecialType.System_Double)
            return $"Math.{method.Name} computes in double; use XMath or MathF";
        return null;
    }
}
