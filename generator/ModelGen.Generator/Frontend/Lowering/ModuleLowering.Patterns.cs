using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Generator.Frontend.Ir;

namespace ModelGen.Generator.Frontend.Lowering;

internal sealed partial class ModuleLowering
{
    private IrNode Pattern(IPatternOperation pattern) => Nested(pattern, p => OfPattern((IPatternOperation)p));

    private IrNode OfPattern(IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IConstantPatternOperation c:
                return Node(IrKind.ConstantPattern, "", c, Expression(c.Value));
            case IRelationalPatternOperation r:
                return Node(IrKind.RelationalPattern, Operator(r.OperatorKind), r, Expression(r.Value));
            case INegatedPatternOperation n:
                return Node(IrKind.NotPattern, "", n, Pattern(n.Pattern));
            case IBinaryPatternOperation b:
                return Node(b.OperatorKind == BinaryOperatorKind.And ? IrKind.AndPattern : IrKind.OrPattern, "", b, Alternatives(b).Select(Pattern).ToArray());
            case IDiscardPatternOperation d:
                return Node(IrKind.AnyPattern, "", d);
            case IDeclarationPatternOperation d when d.MatchesNull || IsSameType(d.MatchedType, d.InputType):
                return Node(d.MatchesNull ? IrKind.AnyPattern : IrKind.NotNullPattern, d.DeclaredSymbol?.Name ?? "", d);
            case IRecursivePatternOperation { PropertySubpatterns.Length: 0, DeconstructionSubpatterns: { Length: > 0 } parts, DeclaredSymbol: null } r:
                return Node(IrKind.TuplePattern, "", r, parts.Select(Pattern).ToArray());
            case IRecursivePatternOperation { PropertySubpatterns: { Length: > 0 } properties, DeconstructionSubpatterns.Length: 0 } r
                when IsSameType(r.MatchedType, r.InputType) && properties.All(p => p.Member is IPropertyReferenceOperation):
                return Node(IrKind.AndPattern, "", r, properties
                    .Select(p => Node(IrKind.PropertyPattern, ((IPropertyReferenceOperation)p.Member).Property.Name, p, Pattern(p.Pattern)))
                    .Prepend(Node(IrKind.NotNullPattern, r.DeclaredSymbol?.Name ?? "", r)).ToArray());
            case IRecursivePatternOperation { PropertySubpatterns.Length: 0, DeconstructionSubpatterns.Length: 0 } r when IsSameType(r.MatchedType,
                r.InputType):
                return Node(IrKind.NotNullPattern, r.DeclaredSymbol?.Name ?? "", r);
            case ITypePatternOperation t when IsSameType(t.MatchedType, t.InputType):
                return Node(IrKind.NotNullPattern, "", t);
            default:
                return Unsupported(pattern.Syntax, "a pattern that looks into a type");
        }
    }

    // is a or b or c.
    private static List<IPatternOperation> Alternatives(IBinaryPatternOperation pattern)
    {
        var operands = new List<IPatternOperation>();
        IPatternOperation first = pattern;
        for (; first is IBinaryPatternOperation b && b.OperatorKind == pattern.OperatorKind; first = b.LeftPattern) operands.Add(b.RightPattern);
        operands.Add(first);
        operands.Reverse();
        return operands;
    }

    // A pattern on the static type itself only asks for null.
    private static bool IsSameType(ITypeSymbol? matched, ITypeSymbol input) =>
        matched is null || SymbolEqualityComparer.Default.Equals(matched, Underlying(input)) || SymbolEqualityComparer.Default.Equals(matched, input);

    private static ITypeSymbol Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static string Operator(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add or BinaryOperatorKind.Concatenate => "+",
        BinaryOperatorKind.Subtract => "-",
        BinaryOperatorKind.Multiply => "*",
        BinaryOperatorKind.Divide => "/",
        BinaryOperatorKind.Remainder => "%",
        BinaryOperatorKind.LeftShift => "<<",
        BinaryOperatorKind.RightShift => ">>",
        BinaryOperatorKind.And => "&",
        BinaryOperatorKind.Or => "|",
        BinaryOperatorKind.ExclusiveOr => "^",
        BinaryOperatorKind.Equals => "==",
        BinaryOperatorKind.NotEquals => "!=",
        BinaryOperatorKind.LessThan => "<",
        BinaryOperatorKind.LessThanOrEqual => "<=",
        BinaryOperatorKind.GreaterThan => ">",
        BinaryOperatorKind.GreaterThanOrEqual => ">=",
        _ => kind.ToString(),
    };
}
