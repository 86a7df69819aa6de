using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ModelGen.Gpu.Tests.Rules;

/// <summary>Walks the bodies of kernels and of the helpers they call.</summary>
internal sealed class KernelWalker(Compilation compilation, List<KernelViolation> violations)
{
    private const int MaxStatements = 1000, MaxSharedBytes = 48 * 1024;

    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly Stack<IMethodSymbol> _path = new();
    private IMethodSymbol _method = null!;

    public void Visit(IMethodSymbol method)
    {
        if (_path.Contains(method, SymbolEqualityComparer.Default))
        {
            violations.Add(new(KernelRule.Recursion, method.Name, "calls itself", method.Locations[0]));
            return;
        }

        if (!_seen.Add(method))
            return;
        _path.Push(method);
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax();
            var body = declaration is BaseMethodDeclarationSyntax { Body: { } block } ? block
                : declaration is BaseMethodDeclarationSyntax { ExpressionBody: { } arrow } ? (SyntaxNode)arrow : null;
            if (body is not null)
                VisitBody(method, body);
        }

        _path.Pop();
    }

    private void VisitBody(IMethodSymbol method, SyntaxNode body)
    {
        var outer = _method;
        _method = method;
        var statements = body.DescendantNodes().OfType<StatementSyntax>().Count(statement => statement is not BlockSyntax);
        if (statements > MaxStatements)
            Add(KernelRule.TooLong, $"has {statements} statements; {MaxStatements} is the limit", method.Locations[0]);
        var operation = compilation.GetSemanticModel(body.SyntaxTree).GetOperation(body);
        long sharedBytes = 0;
        foreach (var node in body.DescendantNodes())
        {
            if (node is StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax)
                Add(KernelRule.Stackalloc, "use scalars, or a struct with a fixed buffer", node.GetLocation());
        }

        foreach (var child in operation?.DescendantsAndSelf() ?? [])
            VisitOperation(child, ref sharedBytes);
        if (sharedBytes > MaxSharedBytes)
            Add(KernelRule.SharedMemory, $"allocates {sharedBytes} bytes of shared memory; {MaxSharedBytes} is the limit", method.Locations[0]);
        _method = outer;
    }

    private void VisitOperation(IOperation operation, ref long sharedBytes)
    {
        var location = operation.Syntax.GetLocation();
        switch (operation)
        {
            case IThrowOperation:
                Add(KernelRule.Throw, "there is nobody to catch it", location);
                break;
            case ITryOperation or IUsingOperation or IUsingDeclarationOperation or ILockOperation:
                Add(KernelRule.Try, "exceptions do not exist on the device", location);
                break;
            case IAnonymousFunctionOperation or ILocalFunctionOperation or IDelegateCreationOperation:
                Add(KernelRule.Delegate, "write a static method", location);
                break;
            case IArrayCreationOperation or IInterpolatedStringOperation or IObjectCreationOperation { Type.IsReferenceType: true }:
                Add(KernelRule.ManagedObject, "the device has no managed heap", location);
                break;
            case ILiteralOperation { Type.SpecialType: SpecialType.System_String }:
                if (!IsInlineText(operation))
                    Add(KernelRule.ManagedObject, "the device has no strings", location);
                break;
            case IConversionOperation { Operand.Type.IsValueType: true, Type.IsReferenceType: true }:
                Add(KernelRule.ManagedObject, "boxes a value", location);
                break;
            case IFieldReferenceOperation { Field: { IsStatic: true, IsConst: false, IsReadOnly: false } field }:
                Add(KernelRule.StaticMutableField, $"{field.Name} is not readonly", location);
                break;
            case IConditionalOperation { Type.SpecialType: SpecialType.System_Single or SpecialType.System_Double, Parent: not null } conditional
                when conditional.Syntax is ConditionalExpressionSyntax && !conditional.ConstantValue.HasValue:
                Add(KernelRule.FloatTernary, "stays a branch; use Utilities.Select or IntrinsicMath.Max and Min", location);
                break;
            case IInvocationOperation invocation:
                VisitInvocation(invocation, location, ref sharedBytes);
                break;
            case IBinaryOperation { Type.SpecialType: SpecialType.System_Double, ConstantValue.HasValue: false }:
                Add(KernelRule.DoublePrecision, "is computed in double", location);
                break;
        }

        var type = operation switch
        {
            IVariableDeclaratorOperation declarator => declarator.Symbol.Type,
            IObjectCreationOperation creation => creation.Type,
            IMemberReferenceOperation member => member.Member.ContainingType,
            IInvocationOperation invocation => invocation.TargetMethod.ContainingType,
            _ => null,
        };
        if (BannedApis.ReasonAgainst(type) is { } reason)
            Add(KernelRule.BannedType, reason, location);
    }

    // A string for CudaAsm, or a piece of one that the compiler puts together.
    private static bool IsInlineText(IOperation text) => text.Parent switch
    {
        IBinaryOperation { ConstantValue.HasValue: true } whole => IsInlineText(whole),
        IArgumentOperation { Parameter.ContainingSymbol.ContainingType.Name: "CudaAsm" } => true,
        _ => false,
    };

    private void VisitInvocation(IInvocationOperation invocation, Location location, ref long sharedBytes)
    {
        var target = invocation.TargetMethod;
        if (BannedApis.ReasonAgainst(target) is { } reason)
            Add(KernelRule.BannedCall, reason, location);
        if (target.ContainingType.Name == "SharedMemory")
        {
            if (target.Name.StartsWith("Allocate2D", StringComparison.Ordinal) || target.Name.StartsWith("Allocate3D", StringComparison.Ordinal))
                Add(KernelRule.SharedTwoDimensional, "use one dimension and own index arithmetic", location);
            else if (target.TypeArguments.Length == 1 && invocation.Arguments.Length == 1
                && invocation.Arguments[0].Value.ConstantValue is { HasValue: true, Value: int extent })
            {
                sharedBytes += extent * SizeOf(target.TypeArguments[0]);
            }
        }

        if (SymbolEqualityComparer.Default.Equals(target.ContainingAssembly, compilation.Assembly))
            Visit(target.OriginalDefinition);
    }

    private static long SizeOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Byte or SpecialType.System_SByte => 1,
        SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
        SpecialType.None => type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic).Sum(field => SizeOf(field.Type)),
        _ => 4,
    };

    private void Add(KernelRule rule, string message, Location location) => violations.Add(new(rule, _method.Name, message, location));
}
