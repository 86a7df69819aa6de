using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Generator.Frontend.Ir;

namespace ModelGen.Generator.Frontend.Lowering;

/// <content>Collections and records: what configurations are written with.</content>
internal sealed partial class ModuleLowering
{
    private IrNode NewCollection(IObjectCreationOperation creation, string kind)
    {
        // A capacity says nothing; a sequence is what the collection starts with.
        var elements = creation.Arguments.Where(a => a.Parameter?.Type is { SpecialType: not SpecialType.System_Int32, Name: not "IEqualityComparer" })
            .Select(a => Node(IrKind.Spread, "", a, Expression(a.Value))).ToList();
        foreach (var element in creation.Initializer?.Initializers ?? Enumerable.Empty<IOperation>())
            elements.Add(element switch
            {
                IInvocationOperation { Arguments.Length: 1 } add => Expression(add.Arguments[0].Value),
                IInvocationOperation add => Node(IrKind.Tuple, "", add, Values(add.Arguments)),
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments.Length: 1 } target } set =>
                    Node(IrKind.Tuple, "", set, Expression(target.Arguments[0].Value), Expression(set.Value)),
                _ => Unsupported(element.Syntax, "this initializer"),
            });
        return Node(IrKind.Collection, kind, creation, elements.ToArray());
    }

    // What a collection expression makes follows from the type it is given to.
    private IrNode CollectionOf(IOperation expression, IrNode[] elements) =>
        expression.Syntax is CollectionExpressionSyntax syntax
            && KnownSymbols.Collection(Model(syntax).GetTypeInfo(syntax, _cancellation).ConvertedType) is { } kind
            ? Node(IrKind.Collection, kind, expression, elements)
            : Node(IrKind.Array, "", expression, elements);

    private IrNode NewRecord(IObjectCreationOperation creation, INamedTypeSymbol type)
    {
        if (creation.Constructor is not { } constructor || constructor.Parameters.Any(p =>
            type.GetMembers(p.Name).OfType<IPropertySymbol>().FirstOrDefault() is null))
            return Unsupported(creation.Syntax, $"'new {type.Name}', a record that is not positional,");
        var names = string.Join(",", constructor.Parameters.Select(p => p.Name));
        var record = Node(IrKind.Record, type.Name + ":" + names, creation, Values(creation.Arguments));
        return creation.Initializer is null ? record : With(creation, record, creation.Initializer);
    }

    private IrNode With(IOperation owner, IrNode record, IObjectOrCollectionInitializerOperation? changes)
    {
        var sets = changes?.Initializers.OfType<ISimpleAssignmentOperation>().Where(s => s.Target is IPropertyReferenceOperation).ToList() ?? new();
        return sets.Count != (changes?.Initializers.Length ?? 0) ? Unsupported(owner.Syntax, "this initializer")
            : Node(IrKind.With, string.Join(",", sets.Select(s => ((IPropertyReferenceOperation)s.Target).Property.Name)), owner,
                sets.Select(s => Expression(s.Value)).Prepend(record).ToArray());
    }

    private IrNode Anonymous(IAnonymousObjectCreationOperation creation)
    {
        var sets = creation.Initializers.OfType<ISimpleAssignmentOperation>().Where(s => s.Target is IPropertyReferenceOperation).ToList();
        return sets.Count != creation.Initializers.Length ? Unsupported(creation.Syntax, "this anonymous object")
            : Node(IrKind.Record, "anonymous:" + string.Join(",", sets.Select(s => ((IPropertyReferenceOperation)s.Target).Property.Name)), creation,
                sets.Select(s => Expression(s.Value)).ToArray());
    }

    // A method of a collection or a text, whose value is known at compile time.
    private IrNode? CallValue(IInvocationOperation call, IMethodSymbol method)
    {
        if (call.Instance?.Type is not { } type) return null;
        var isKnown = KnownSymbols.Collection(type) is not null || type.SpecialType == SpecialType.System_String || type is IArrayTypeSymbol
            || KnownSymbols.NamespaceOf(method.ContainingType) == "System.Collections.Generic";
        return isKnown ? Node(IrKind.CallValue, method.Name, call, Arguments(call.Arguments).Prepend(Expression(call.Instance)).ToArray()) : null;
    }

    // By position, those that are left out included, since the callee has no body here.
    private IEnumerable<IrNode> Arguments(IEnumerable<IArgumentOperation> arguments) => arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).Select(a =>
        a.Parameter?.RefKind == RefKind.Out ? Node(IrKind.OutArgument, a.Parameter.Name, a, Expression(a.Value)) : Expression(a.Value));

    // Functions of the base library that depend on their arguments alone.
    private static bool IsPure(INamedTypeSymbol type) =>
        type.SpecialType is SpecialType.System_String or SpecialType.System_Int32 or SpecialType.System_Single or SpecialType.System_Double
            or SpecialType.System_Array;
}
