using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Generator.Frontend.Ir;

namespace ModelGen.Generator.Frontend.Lowering;

internal sealed partial class ModuleLowering
{
    private IrNode Expression(IOperation operation) => Nested(operation, OfExpression);

    private IrNode OfExpression(IOperation operation)
    {
        // A constant says all there is to say; its conversions are done.
        if (operation.ConstantValue.HasValue && operation is not IInvalidOperation && Constant(operation) is { } constant) return constant;
        switch (operation)
        {
            case IParenthesizedOperation p: return Expression(p.Operand);
            case IConversionOperation c: return Conversion(c);
            case ILocalReferenceOperation l: return Node(l.IsDeclaration ? IrKind.NewVariable : IrKind.Variable, l.Local.Name, l);
            case IParameterReferenceOperation p:
                return Node(p.Parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor }
                ? IrKind.ConstructorParameter : IrKind.Variable, p.Parameter.Name, p);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } t: return Node(IrKind.This, "", t);
            case IFieldReferenceOperation f: return Field(f);
            case IPropertyReferenceOperation p: return Property(p);
            case IArrayElementReferenceOperation { Indices.Length: 1 } a:
                return Node(IrKind.Index, "", a, Expression(a.ArrayReference),
                Expression(a.Indices[0]));
            case IImplicitIndexerReferenceOperation i: return Node(IrKind.Index, "", i, Expression(i.Instance), Expression(i.Argument));
            case IRangeOperation r: return Node(IrKind.Range, "", r, Bound(r, r.LeftOperand), Bound(r, r.RightOperand));
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } u: return Node(IrKind.FromEnd, "", u, Expression(u.Operand));
            case IUnaryOperation u: return Unary(u);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } b:
                return Node(IrKind.And, "", b, Alternatives(b)
                .Select(Expression).ToArray());
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } b:
                return Node(IrKind.Or, "", b, Alternatives(b)
                .Select(Expression).ToArray());
            case IBinaryOperation b: return Binary(b);
            case ITupleBinaryOperation b: return Node(IrKind.Binary, Operator(b.OperatorKind), b, Expression(b.LeftOperand), Expression(b.RightOperand));
            case IConditionalOperation { WhenFalse: { } otherwise } c:
                return Node(IrKind.Conditional, "", c, Expression(c.Condition), Expression(c.WhenTrue),
                Expression(otherwise));
            case ICoalesceAssignmentOperation c:
                return Node(IrKind.Coalesce, "", c, Expression(c.Target), Node(IrKind.Assign, "", c, Expression(c.Target), Expression(c.Value)));
            case ICoalesceOperation c: return Node(IrKind.Coalesce, "", c, Expression(c.Value), Expression(c.WhenNull));
            case IConditionalAccessOperation c: return Node(IrKind.ConditionalAccess, "", c, Expression(c.Operation), Expression(c.WhenNotNull));
            case IConditionalAccessInstanceOperation c: return Node(IrKind.Receiver, "", c);
            case ISwitchExpressionOperation s: return Node(IrKind.SwitchExpression, "", s, new[] { Expression(s.Value) }.Concat(s.Arms.Select(Arm)).ToArray());
            case IIsPatternOperation i: return Node(IrKind.Is, "", i, Expression(i.Value), Pattern(i.Pattern));
            case ISimpleAssignmentOperation { IsRef: false } s: return Node(IrKind.Assign, "", s, Expression(s.Target), Expression(s.Value));
            case IDeconstructionAssignmentOperation d: return Node(IrKind.Assign, "", d, Expression(d.Target), Expression(d.Value));
            case ICompoundAssignmentOperation c: return Compound(c);
            case IIncrementOrDecrementOperation s:
                return Node(s.IsPostfix ? IrKind.PostIncrement : IrKind.PreIncrement, s.Kind == OperationKind.Increment
                ? "+1" : "-1", s, Expression(s.Target));
            case IDeclarationExpressionOperation d: return Expression(d.Expression);
            case IDiscardOperation d: return Node(IrKind.Discard, "", d);
            case ITupleOperation t: return Node(IrKind.Tuple, "", t, t.Elements.Select(Expression).ToArray());
            case IArrayCreationOperation { Initializer: { } elements } a: return Elements(a, elements);
            case IArrayCreationOperation { DimensionSizes.Length: 1 } a: return Node(IrKind.NewArray, ElementType(a.Type), a, Expression(a.DimensionSizes[0]));
            case IArrayInitializerOperation a: return Elements(a, a);
            case IObjectCreationOperation o: return New(o);
            case IAnonymousObjectCreationOperation a: return Anonymous(a);
            case IWithOperation w: return With(w, Expression(w.Operand), w.Initializer);
            case ITranslatedQueryOperation q: return Expression(q.Operation);
            case IDelegateCreationOperation d: return Expression(d.Target);
            case IAnonymousFunctionOperation f: return Node(IrKind.Lambda, ParameterNames(f.Symbol), f, Statement(f.Body));
            case IMethodReferenceOperation m: return MethodGroup(m);
            case IInvocationOperation i: return Invocation(i);
            case IInterpolatedStringOperation s: return Node(IrKind.Interpolation, "", s, s.Parts.Select(Part).ToArray());
            case IThrowOperation t: return Throw(t);
            case IInvalidOperation i: return Broken(i.Syntax);
        }
        // Collection expressions have an operation of their own only from Roslyn 4.9 on; here they are known by their syntax.
        if (operation.Syntax.IsKind(SyntaxKind.CollectionExpression) && operation is not IConversionOperation)
            return CollectionOf(operation, operation.ChildOperations.Select(Element).ToArray());
        return Unsupported(operation.Syntax, Describe(operation));
    }

    private IrNode? Constant(IOperation operation) =>
        IrConstant.Write(AsWritten(operation).ConstantValue.Value) is { } text ? Node(IrKind.Constant, text, operation) : null;

    // 0.1f as an argument for a double of the language means 0.1, not the double that is nearest to the float.
    private static IOperation AsWritten(IOperation operation) =>
        operation is IConversionOperation
        {
            IsImplicit: true, Type.SpecialType: SpecialType.System_Double,
            Operand: { Type.SpecialType: SpecialType.System_Single, ConstantValue.HasValue: true } written,
            Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType: var owner } },
        } && (KnownSymbols.IsRuntime(owner, "Nn") || KnownSymbols.IsRuntime(owner, "Init")) ? written : operation;

    private IrNode Conversion(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is not null)
            return KnownSymbols.IsSize(conversion.Type) ? Node(IrKind.Convert, "size", conversion, Expression(conversion.Operand))
                // A position along an axis, what generated code lets stand for a layer, and an array as a span.
                : KnownSymbols.IsRuntime(conversion.Type, "TensorIndex") || KnownSymbols.IsRuntime(conversion.Type, "Layer")
                    || conversion.Type is { Name: "ReadOnlySpan" } ? Expression(conversion.Operand)
                : Unsupported(conversion.Syntax, $"the conversion to '{conversion.Type?.ToDisplayString()}'");
        var operand = Expression(conversion.Operand);
        if (conversion.Type is null || conversion.Operand.Type is null
            || Underlying(conversion.Type).SpecialType == Underlying(conversion.Operand.Type).SpecialType) return operand;
        return Number(Underlying(conversion.Type)) is { } number ? Node(IrKind.Convert, number, conversion, operand) : operand;
    }

    private static string? Number(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_SByte => "sbyte",
        SpecialType.System_Byte => "byte",
        SpecialType.System_Int16 => "short",
        SpecialType.System_UInt16 => "ushort",
        SpecialType.System_Int32 => "int",
        SpecialType.System_UInt32 => "uint",
        SpecialType.System_Int64 => "long",
        SpecialType.System_Single => "float",
        SpecialType.System_Double => "double",
        _ => null,
    };

    private IrNode Field(IFieldReferenceOperation reference)
    {
        var field = reference.Field;
        if (field.ContainingType.IsTupleType && reference.Instance is { } tuple)
        {
            var name = (field.CorrespondingTupleField ?? field).Name;
            var number = int.Parse(name.Substring("Item".Length), CultureInfo.InvariantCulture) - 1;
            return Node(IrKind.Item, number.ToString(CultureInfo.InvariantCulture), reference, Expression(tuple));
        }
        if (field.IsStatic)
        {
            if (!field.IsReadOnly) return Unsupported(reference.Syntax, $"the static field '{field.Name}', which is not readonly");
            if (KnownSymbols.IsRuntime(field.ContainingType, "Kernels")) return Node(IrKind.Static, "Kernels." + field.Name, reference);
            return field.DeclaringSyntaxReferences.Length > 0
                ? Node(IrKind.Static, ReachStatic(field), reference)
                : Unsupported(reference.Syntax, $"the field '{field.ContainingType.Name}.{field.Name}' of another assembly");
        }
        return reference.Instance is { } instance ? Node(IrKind.Member, field.Name, reference, Expression(instance)) : Broken(reference.Syntax);
    }

    private IrNode Property(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        var isSource = property.DeclaringSyntaxReferences.Length > 0;
        if (property.IsStatic)
        {
            if (KnownSymbols.IsRuntime(property.ContainingType, "Nn")) return Node(IrKind.Pure, "Nn." + property.Name, reference);
            if (KnownSymbols.IsRuntime(property.ContainingType, "Init")) return Node(IrKind.Pure, "Init." + property.Name, reference);
            if (!isSource) return Unsupported(reference.Syntax, $"the property '{property.ContainingType.Name}.{property.Name}'");
            if (!IsAutomatic(property)) return Node(IrKind.CallStatic, Reach(property.GetMethod!), reference);
            return property.IsReadOnly ? Node(IrKind.Static, ReachStatic(property), reference)
                : Unsupported(reference.Syntax, $"the static property '{property.Name}', which can be set");
        }
        if (reference.Instance is null) return Broken(reference.Syntax);
        var instance = Expression(reference.Instance);
        var owner = property.ContainingType;
        if (property.IsIndexer && reference.Arguments.Length == 1) return Node(IrKind.Index, "", reference, instance, Expression(reference.Arguments[0].Value));
        if (owner.IsRecord || owner.IsAnonymousType || KnownSymbols.IsOfLayers(owner)) return Node(IrKind.Property, property.Name, reference, instance);
        if (KnownSymbols.IsModelOrModule(reference.Instance.Type) || IsOwn(owner) || isSource && reference.Instance.Type?.TypeKind == TypeKind.Interface)
        {
            if (isSource && IsAutomatic(property) || !isSource && property.GetMethod is null) return Node(IrKind.Member, property.Name, reference, instance);
            if (property.GetMethod is null) return Unsupported(reference.Syntax, $"the property '{property.Name}', which cannot be read");
            return Node(IrKind.Call, IsOwn(owner) ? Reach(property.GetMethod) : KnownSymbols.Signature(property.GetMethod), reference, instance);
        }
        return property.Name is "Shape" or "Length" or "Count" or "Height" or "Width" or "Depth" or "Value" or "HasValue"
            or "Key" or "Keys" or "Values" or "Rank"
            ? Node(IrKind.Property, property.Name, reference, instance)
            : Unsupported(reference.Syntax, $"the property '{owner.Name}.{property.Name}'");
    }

    private IrNode Bound(IOperation range, IOperation? bound) =>
        bound is null ? Node(IrKind.Constant, IrConstant.Null, range) : Expression(bound is IConversionOperation c ? c.Operand : bound);

    private IrNode Unary(IUnaryOperation unary)
    {
        var text = unary.OperatorKind switch
        {
            UnaryOperatorKind.Minus => "-",
            UnaryOperatorKind.Plus => "+",
            UnaryOperatorKind.Not => "!",
            UnaryOperatorKind.BitwiseNegation => "~",
            _ => null,
        };
        return text is null ? Unsupported(unary.Syntax, "this operator") : Node(IrKind.Unary, text, unary, Expression(unary.Operand));
    }

    // A sum of many terms leans to the left as deeply as it has terms: its operators become a list.
    private IrNode Binary(IBinaryOperation binary)
    {
        var chain = new Stack<IBinaryOperation>();
        IOperation first = binary;
        while (first is IBinaryOperation
            {
                OperatorKind: not (BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr),
                ConstantValue.HasValue: false
            } b)
        {
            if (b.OperatorMethod is { } method && !KnownSymbols.IsRuntime(method.ContainingType, "Tensor")
                && !method.ContainingType.IsRecord && method.ContainingType.SpecialType == SpecialType.None)
                return Unsupported(b.Syntax, $"the operator of '{method.ContainingType.Name}'");
            chain.Push(b);
            first = b.LeftOperand;
            while (first is IParenthesizedOperation p) first = p.Operand;
        }
        if (chain.Count == 1) return Node(IrKind.Binary, Operator(binary.OperatorKind), binary, Expression(binary.LeftOperand),
            Expression(binary.RightOperand));
        var parts = new List<IrNode> { Expression(first) };
        foreach (var b in chain)
        {
            _cancellation.ThrowIfCancellationRequested();
            parts.Add(Node(IrKind.Operand, Operator(b.OperatorKind), b, Expression(b.RightOperand)));
        }
        return Node(IrKind.Chain, "", binary, parts.ToArray());
    }

    // a && b && c.
    private static List<IOperation> Alternatives(IBinaryOperation binary)
    {
        var operands = new List<IOperation>();
        IOperation first = binary;
        for (; first is IBinaryOperation b && b.OperatorKind == binary.OperatorKind
            && (!b.ConstantValue.HasValue || b == binary); first = b.LeftOperand) operands.Add(b.RightOperand);
        operands.Add(first);
        operands.Reverse();
        return operands;
    }

    private IrNode Compound(ICompoundAssignmentOperation assignment)
    {
        var value = Node(IrKind.Binary, Operator(assignment.OperatorKind), assignment, Expression(assignment.Target), Expression(assignment.Value));
        // x += y is x = (T)(x + y).
        if (assignment.Type is { } type && Number(type) is { } number) value = Node(IrKind.Convert, number, assignment, value);
        return Node(IrKind.Assign, "", assignment, Expression(assignment.Target), value);
    }

    private IrNode Arm(ISwitchExpressionArmOperation arm) =>
        Node(IrKind.Case, "", arm, Pattern(arm.Pattern), arm.Guard is null ? True(arm) : Expression(arm.Guard), Expression(arm.Value));

    private IrNode Elements(IOperation array, IArrayInitializerOperation elements) =>
        Node(IrKind.Array, "", array, elements.ElementValues.Select(Element).ToArray());

    private IrNode Element(IOperation element) => element.Syntax.IsKind(SyntaxKind.SpreadElement)
        ? Node(IrKind.Spread, "", element, element.ChildOperations.Take(1).Select(Expression).ToArray())
        : Expression(element);

    private static string ElementType(ITypeSymbol? array) => array is not IArrayTypeSymbol { ElementType: var element } ? ""
        : Number(element) ?? (element.SpecialType == SpecialType.System_Boolean ? "bool" : "");

    private IrNode Part(IInterpolatedStringContentOperation part) => part switch
    {
        IInterpolatedStringTextOperation t => Expression(t.Text),
        IInterpolationOperation i => Node(IrKind.Hole, i.FormatString?.ConstantValue.Value as string ?? "", i, Expression(i.Expression)),
        _ => Unsupported(part.Syntax, "this interpolation"),
    };

    private IrNode Throw(IThrowOperation statement)
    {
        var exception = statement.Exception;
        while (exception is IConversionOperation conversion) exception = conversion.Operand;
        if (exception is not IObjectCreationOperation creation) return Unsupported(statement.Syntax, "this throw");
        IEnumerable<IArgumentOperation> arguments = creation.Arguments;
        // The message is the argument called so; its parameter name adds nothing here.
        var message = arguments.FirstOrDefault(a => a.Parameter?.Name == "message" && a.ArgumentKind != ArgumentKind.DefaultValue);
        return Node(IrKind.Throw, creation.Type?.Name ?? "Exception", statement, message is null ? Node(IrKind.Constant, "s", statement)
            : Expression(message.Value));
    }
}
