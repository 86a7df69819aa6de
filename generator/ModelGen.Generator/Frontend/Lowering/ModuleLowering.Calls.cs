using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Generator.Frontend.Ir;

namespace ModelGen.Generator.Frontend.Lowering;

internal sealed partial class ModuleLowering
{
    private IrNode Invocation(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke && call.Instance is { } function)
            return Node(IrKind.Invoke, "", call, new[] { Expression(function) }.Concat(Positional(call.Arguments)).ToArray());
        if (method.MethodKind == MethodKind.LocalFunction)
            return Node(IrKind.Invoke, "", call, new[] { Node(IrKind.Variable, method.Name, call) }.Concat(Positional(call.Arguments)).ToArray());
        if (method.IsStatic) return StaticCall(call, method);
        if (call.Instance is null) return Broken(call.Syntax);
        if (KnownSymbols.IsRuntime(method.ContainingType, "Init"))
            return Node(IrKind.Pure, "Init." + method.Name, call, Values(call.Arguments).Prepend(Expression(call.Instance)).ToArray());
        if (IsOwn(method.ContainingType) || KnownSymbols.IsModelOrModule(call.Instance.Type) || IsModuleInterface(call.Instance.Type))
        {
            var id = IsOwn(method.ContainingType) ? Reach(Implementation(method)) : KnownSymbols.Signature(method);
            return Node(IrKind.Call, id, call, new[] { Expression(call.Instance) }.Concat(Named(call.Arguments)).ToArray());
        }
        return CallValue(call, method) ?? Unsupported(call.Syntax, $"a call of '{method.ContainingType.Name}.{method.Name}'");
    }

    private IrNode StaticCall(IInvocationOperation call, IMethodSymbol method)
    {
        var type = method.ContainingType;
        if (KnownSymbols.IsRuntime(type, "Nn")) return Node(IrKind.Op, method.Name, call, Named(call.Arguments).ToArray());
        if (KnownSymbols.IsRuntime(type, "Init")) return Node(IrKind.Pure, "Init." + method.Name, call, Values(call.Arguments));
        if ((IsSystem(type, "System", "Math") || IsSystem(type, "System", "MathF")) && method.Parameters.All(p => p.Type.TypeKind != TypeKind.Enum))
            return Node(IrKind.Pure, type.Name + "." + method.Name, call, Values(call.Arguments));
        if (IsSystem(type, "System.Linq", "Enumerable"))
            return Node(IrKind.Pure, type.Name + "." + method.Name, call, Values(call.Arguments));
        if (IsPure(type)) return Node(IrKind.Pure, type.Name + "." + method.Name, call, Values(call.Arguments));
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (definition.DeclaringSyntaxReferences.Length > 0)
            return Node(IrKind.CallStatic, Reach(method), call, Named(call.Arguments).ToArray());
        return Unsupported(call.Syntax, $"a call of '{type.Name}.{method.Name}'");
    }

    private IrNode New(IObjectCreationOperation creation)
    {
        if (creation.Type is not INamedTypeSymbol type || creation.Constructor is null) return Broken(creation.Syntax);
        if (KnownSymbols.IsSize(type))
            return Node(IrKind.Convert, "size", creation, Node(IrKind.Tuple, "", creation, Values(creation.Arguments)));
        if (KnownSymbols.Collection(type) is { } collection) return NewCollection(creation, collection);
        if (type.IsRecord && !KnownSymbols.IsModelOrModule(type)) return NewRecord(creation, type);
        if (!KnownSymbols.IsModelOrModule(type)) return Unsupported(creation.Syntax, $"'new {type.Name}', which is not a [Module],");
        if (creation.Initializer is not null) return Unsupported(creation.Syntax, "an object initializer");
        var id = KnownSymbols.MetadataName(type.OriginalDefinition);
        _uses.Add(id);
        return Node(IrKind.New, id, creation, Named(creation.Arguments).ToArray());
    }

    private IrNode MethodGroup(IMethodReferenceOperation reference)
    {
        var method = reference.Method;
        if (method.MethodKind == MethodKind.LocalFunction) return Node(IrKind.Variable, method.Name, reference);
        if (method.MethodKind == MethodKind.DelegateInvoke && reference.Instance is not null) return Expression(reference.Instance);
        if (KnownSymbols.IsRuntime(method.ContainingType, "Nn")) return Node(IrKind.MethodGroup, "Nn." + method.Name, reference);
        if (method.IsStatic)
            return method.DeclaringSyntaxReferences.Length > 0
                ? Node(IrKind.MethodGroup, Reach(method), reference)
                : Unsupported(reference.Syntax, $"the method '{method.ContainingType.Name}.{method.Name}'");
        if (reference.Instance is null) return Broken(reference.Syntax);
        var id = IsOwn(method.ContainingType) ? Reach(Implementation(method)) : KnownSymbols.Signature(method);
        return Node(IrKind.MethodGroup, id, reference, Expression(reference.Instance));
    }

    // Omitted arguments are left out: the callee, which may be of another assembly, knows its defaults.
    private IEnumerable<IrNode> Named(IEnumerable<IArgumentOperation> arguments) => arguments
        .Where(a => a.ArgumentKind != ArgumentKind.DefaultValue && a.Parameter is not null)
        .Select(a => Node(a.Parameter!.RefKind == RefKind.Out ? IrKind.OutArgument : IrKind.Argument, a.Parameter.Name, a, Expression(a.Value)));

    // A function value binds by position; its parameters may have other names than the delegate's.
    private IEnumerable<IrNode> Positional(IEnumerable<IArgumentOperation> arguments) => arguments
        .OrderBy(a => a.Parameter?.Ordinal ?? 0).Select(a => Node(IrKind.Argument, a.Parameter?.Name ?? "", a, Expression(a.Value)));

    private IrNode[] Values(IEnumerable<IArgumentOperation> arguments) => arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0)
        .Select(a => Expression(a.Value)).ToArray();

    private bool IsOwn(INamedTypeSymbol owner) =>
        KnownSymbols.SelfAndBases(_type).Any(t => SymbolEqualityComparer.Default.Equals(t.OriginalDefinition, owner.OriginalDefinition));

    // Modules may share an interface or an abstract base of the person's own.
    private static bool IsModuleInterface(ITypeSymbol? type) =>
        type is { DeclaringSyntaxReferences.Length: > 0 } && (type.TypeKind == TypeKind.Interface || type.IsAbstract);

    // Of an abstract or virtual method: the one that this type runs.
    private IMethodSymbol Implementation(IMethodSymbol method)
    {
        if (!method.IsAbstract && !method.IsVirtual && !method.IsOverride) return method;
        var signature = KnownSymbols.Signature(method);
        return KnownSymbols.SelfAndBases(_type).SelectMany(t => t.GetMembers(method.Name)).OfType<IMethodSymbol>()
            .FirstOrDefault(m => !m.IsAbstract && KnownSymbols.Signature(m) == signature) ?? method;
    }

    private static bool IsSystem(INamedTypeSymbol type, string space, string name) => type.Name == name && KnownSymbols.NamespaceOf(type) == space;
}
