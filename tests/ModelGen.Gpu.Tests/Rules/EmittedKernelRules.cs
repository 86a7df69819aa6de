using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ModelGen.Gpu.Tests.Rules;

/// <summary>
/// Finds in emitted code what the test double cannot: calls that compile, run on the processor and are refused or wrong on a device.
/// A kernel is a static method that takes an ArrayView, itself or in a struct, and nothing of the host; what kernels call in the same
/// compilation is checked with them, and so is how kernels are loaded.
/// </summary>
public static class EmittedKernelRules
{
    private const int MaxParameters = 14;

    /// <summary>Checks all trees of a compilation.</summary>
    /// <param name="compilation">Compiles without errors, with references to ILGPU (or its double).</param>
    public static IReadOnlyList<KernelViolation> Check(Compilation compilation) => Check(compilation, [.. compilation.SyntaxTrees]);

    /// <summary>Checks some trees of a compilation, say the generated ones.</summary>
    /// <param name="compilation">Compiles without errors, with references to ILGPU (or its double).</param>
    /// <param name="trees">Trees of the compilation.</param>
    public static IReadOnlyList<KernelViolation> Check(Compilation compilation, params SyntaxTree[] trees)
    {
        var violations = new List<KernelViolation>();
        var walker = new KernelWalker(compilation, violations);
        foreach (var tree in trees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is MethodDeclarationSyntax declaration && model.GetDeclaredSymbol(declaration) is { } method && IsKernel(method))
                {
                    CheckSignature(method, violations);
                    walker.Visit(method);
                }
                else if (node is InvocationExpressionSyntax call && model.GetOperation(call) is IInvocationOperation { TargetMethod: var target })
                {
                    CheckLoad(target, call, violations);
                }
            }
        }

        return violations;
    }

    /// <summary>Whether a method is a kernel.</summary>
    public static bool IsKernel(IMethodSymbol method) =>
        method is { IsStatic: true, ReturnsVoid: true, MethodKind: MethodKind.Ordinary }
        && method.Parameters.Any(parameter => HoldsView(parameter.Type))
        && !method.Parameters.Any(parameter => IsHostType(parameter.Type));

    private static bool HoldsView(ITypeSymbol type) => IsView(type)
        || (type is { IsValueType: true, SpecialType: SpecialType.None } && type.TypeKind == TypeKind.Struct && !IsIlgpu(type)
            && type.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && HoldsView(field.Type)));

    private static bool IsView(ITypeSymbol type) => type.Name == "ArrayView" && IsIlgpu(type);

    private static bool IsHostType(ITypeSymbol type) => type.Name is "Accelerator" or "AcceleratorStream" or "GpuStep" or "KernelConfig" or "Context";

    private static bool IsIlgpu(ITypeSymbol type)
    {
        var space = type.ContainingNamespace?.ToDisplayString() ?? "";
        return space == "ILGPU" || space.StartsWith("ILGPU.", StringComparison.Ordinal);
    }

    private static void CheckSignature(IMethodSymbol kernel, List<KernelViolation> violations)
    {
        if (kernel.Parameters.Length > MaxParameters)
            Add(KernelRule.TooManyParameters, $"has {kernel.Parameters.Length} parameters; pack views into a public struct", kernel.Locations[0]);
        foreach (var parameter in kernel.Parameters)
        {
            var location = parameter.Locations[0];
            if (parameter.RefKind != RefKind.None)
                Add(KernelRule.ParameterType, $"{parameter.Name} is passed by reference", location);
            CheckType(parameter.Type, parameter.Name, location);
        }

        void CheckType(ITypeSymbol type, string path, Location location)
        {
            if (IsView(type))
                return;
            if (IsIlgpu(type) && type.Name is "Index1D" or "Index2D" or "Index3D" or "LongIndex1D" or "LongIndex2D" or "LongIndex3D")
                Add(KernelRule.IndexParameter, $"{path} is an {type.Name}; take the index from Grid and Group", location);
            else if (type.SpecialType is SpecialType.System_Boolean or SpecialType.System_Char)
                Add(KernelRule.ParameterType, $"{path} is a {type.Name}; pass an int", location);
            else if (!type.IsUnmanagedType && !HoldsView(type))
                Add(KernelRule.ParameterType, $"{path} is of type {type.Name}, which the device cannot hold", location);
            else if (type.TypeKind == TypeKind.Struct && type.SpecialType == SpecialType.None && !IsIlgpu(type))
            {
                if (!IsPublic(type))
                    Add(KernelRule.StructNotPublic, $"the struct {type.Name} of {path} is not public", location);
                foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic))
                    CheckType(field.Type, $"{path}.{field.Name}", location);
            }
        }

        void Add(KernelRule rule, string message, Location location) => violations.Add(new(rule, kernel.Name, message, location));
    }

    private static bool IsPublic(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility != Accessibility.Public)
                return false;
        }

        return true;
    }

    private static void CheckLoad(IMethodSymbol target, InvocationExpressionSyntax call, List<KernelViolation> violations)
    {
        if (!IsIlgpu(target.ContainingType))
            return;
        if (target.Name.StartsWith("LoadAutoGrouped", StringComparison.Ordinal) || target.Name.StartsWith("LoadImplicitlyGrouped", StringComparison.Ordinal))
            violations.Add(new(KernelRule.AutoGrouped, target.Name, "load explicitly grouped kernels only", call.GetLocation()));
        else if (target.Name is "LoadKernel" or "LoadStreamKernel" && !target.Parameters.Any(parameter => parameter.Type.Name == "KernelSpecialization"))
            violations.Add(new(KernelRule.MissingSpecialization, target.Name, "pass a KernelSpecialization", call.GetLocation()));
    }
}
