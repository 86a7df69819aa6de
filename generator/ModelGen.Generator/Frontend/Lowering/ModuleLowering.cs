using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Lowering;

/// <summary>Translates the declaration of one model or module from the compiler's symbols and operations to <see cref="ModuleIr"/>.</summary>
/// <remarks>Nothing is evaluated here and no size is known. Methods and static fields are translated when something refers to them, starting
/// at Forward, Loss and the initialisers, so that other members of the class do not matter.</remarks>
internal sealed partial class ModuleLowering
{
    // What reads the IR goes down into it as deeply as it is nested.
    private const int Deepest = 100;

    // The compiler takes up to 4 KiB of stack for a node of syntax, for lambdas inside one another; threads have 1 MiB on Windows.
    private const int DeepestSyntax = 200;

    private readonly INamedTypeSymbol _type;
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly List<SyntaxNodeOrToken> _positions = new();
    private readonly SortedSet<string> _uses = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = new();
    private readonly List<MethodIr> _methods = new();
    private readonly List<FieldIr> _statics = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<Action> _pending = new();
    private readonly string _id;
    private bool _isBroken;
    private int _depth;
    private bool _isTooDeep;

    private ModuleLowering(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        (_type, _compilation, _cancellation) = (type, compilation, cancellation);
        _id = KnownSymbols.MetadataName(type);
    }

    public static LoweredModule Lower(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var lowering = new ModuleLowering(type, compilation, cancellation);
        try
        {
            return new(lowering.Run(), lowering._positions);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever the source holds, the build goes on, with one error that says where to look.
            var empty = new ModuleIr(lowering._id, KnownSymbols.NamespaceOf(type), type.Name, KnownSymbols.Attribute(type, "ModelAttribute") is not null,
                default, null, default, default, default, default, default, false, 0);
            var finding = e is InsufficientExecutionStackException
                ? new Finding("MG1003", new(empty.Id, empty.Ordinal), $"'{type.Name}' holds code that is nested too deeply; give parts of it names")
                : ModelCheck.Internal(empty, e);
            return new(empty with { Findings = EquatableArray.Of(finding) },
                new SyntaxNodeOrToken[] { lowering.Declarations().FirstOrDefault()?.Identifier ?? default(SyntaxNodeOrToken) });
        }
    }

    private ModuleIr Run()
    {
        var isModel = KnownSymbols.Attribute(_type, "ModelAttribute") is not null;
        var name = Ordinal(Declarations().First().Identifier);
        var canBe = CanBe(isModel, name);
        CheckDeclaration(isModel, name);
        if (isModel && canBe) CheckMembers(name);
        var constructor = default(EquatableArray<ParameterIr>);
        IrNode? constructorBody = null;
        var fields = new List<FieldIr>();
        if (!canBe)
        {
            // Nothing is said of what it holds.
        }
        else if (LayerAttributes() is { Count: > 0 } layers) LowerClassForm(layers, fields, name);
        else
        {
            (constructor, constructorBody) = LowerConstructor();
            LowerFields(fields);
            if (isModel) CheckForward(name);
            foreach (var method in RootMethods(isModel)) Reach(method);
        }
        while (_pending.Count > 0)
        {
            _cancellation.ThrowIfCancellationRequested();
            _pending.Dequeue()();
        }
        return new ModuleIr(_id, KnownSymbols.NamespaceOf(_type), _type.Name, isModel, constructor, constructorBody,
            fields.ToEquatableArray(), _methods.ToEquatableArray(), _statics.ToEquatableArray(),
            _uses.ToEquatableArray(), _findings.ToEquatableArray(), _isBroken, name)
        {
            Jvp = isModel && Setting<bool>("Jvp"),
            GradientCheck = isModel && Setting<bool>("GradientCheck"),
            InEvaluationMode = isModel && Setting<bool>("InEvaluationMode"),
            Winograd = isModel ? Setting<int>("Winograd") : 0,
            GpuMath = isModel ? Setting<int>("GpuMath") : 0,
        };
    }

    private T Setting<T>(string name)
        where T : struct => KnownSymbols.Attribute(_type, "ModelAttribute")!.NamedArguments.FirstOrDefault(a => a.Key == name).Value.Value is T value ? value
            : default;

    private IEnumerable<TypeDeclarationSyntax> Declarations() => _type.DeclaringSyntaxReferences
        .Where(KnownSymbols.IsWritten).Select(r => r.GetSyntax(_cancellation)).OfType<TypeDeclarationSyntax>();

    // A model is entered through Forward and Loss; what other classes call of a module is not known here.
    private IEnumerable<IMethodSymbol> RootMethods(bool isModel)
    {
        foreach (var type in KnownSymbols.SelfAndBases(_type))
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
            {
                if (method.IsAbstract || method.DeclaringSyntaxReferences.FirstOrDefault() is not { } r || !KnownSymbols.IsWritten(r)) continue;
                var isOrdinary = method.MethodKind == MethodKind.Ordinary && !method.IsStatic;
                if (isModel ? isOrdinary && method.Name is ModuleIr.ForwardName or ModuleIr.LossName
                    : (isOrdinary || method.MethodKind == MethodKind.PropertyGet) && method.DeclaredAccessibility != Accessibility.Private && !method.IsStatic)
                    if (method.MethodKind != MethodKind.PropertyGet || !IsAutomatic((IPropertySymbol)method.AssociatedSymbol!)) yield return method;
            }
    }

    private (EquatableArray<ParameterIr>, IrNode?) LowerConstructor()
    {
        foreach (var constructor in _type.InstanceConstructors)
        {
            if (constructor.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference || !KnownSymbols.IsWritten(reference)) continue;
            var syntax = reference.GetSyntax(_cancellation);
            if (syntax is ClassDeclarationSyntax) return (Parameters(constructor), null);
            if (syntax is not ConstructorDeclarationSyntax) continue;
            if (TooDeep(syntax) is { } refused) return (Parameters(constructor), refused);
            var body = Model(syntax).GetOperation(syntax, _cancellation) as IConstructorBodyOperation;
            IOperation? block = body?.BlockBody ?? body?.ExpressionBody;
            return (Parameters(constructor), block is null ? null : Statement(block));
        }
        return default;
    }

    private void LowerFields(List<FieldIr> fields)
    {
        foreach (var type in KnownSymbols.SelfAndBases(_type).Reverse())
            foreach (var member in type.GetMembers())
            {
                if (member.IsStatic || member.IsImplicitlyDeclared || member.DeclaringSyntaxReferences.FirstOrDefault() is not { } r
                    || !KnownSymbols.IsWritten(r)) continue;
                if (member is IFieldSymbol { IsConst: false } || member is IPropertySymbol property && IsAutomatic(property))
                    fields.Add(Initializer(member, member.Name));
            }
    }

    private FieldIr Initializer(ISymbol member, string name)
    {
        var syntax = member.DeclaringSyntaxReferences[0].GetSyntax(_cancellation);
        var (initializer, identifier) = syntax switch
        {
            VariableDeclaratorSyntax v => (v.Initializer, v.Identifier),
            PropertyDeclarationSyntax p => (p.Initializer, p.Identifier),
            _ => (null, syntax.GetFirstToken()),
        };
        IrNode? value = null;
        if (initializer is not null)
        {
            CheckSyntax(initializer);
            value = TooDeep(initializer) ?? (Model(initializer).GetOperation(initializer, _cancellation) is ISymbolInitializerOperation operation
                ? Expression(operation.Value)
                : Broken(initializer));
        }
        return new(name, value, Ordinal(identifier));
    }

    private static bool IsAutomatic(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));

    /// <summary>Has the method translated, once, and gives the id by which calls find it.</summary>
    private string Reach(IMethodSymbol method)
    {
        method = method.ReducedFrom ?? method;
        var id = method.IsStatic ? KnownSymbols.StaticId(method) : KnownSymbols.Signature(method);
        if (method.IsAbstract || !_known.Add(id)) return id;
        var target = method.OriginalDefinition;
        if (target.DeclaringSyntaxReferences.FirstOrDefault() is { } reference) _pending.Enqueue(() =>
            LowerMethod(id, target, reference.GetSyntax(_cancellation)));
        return id;
    }

    private void LowerMethod(string id, IMethodSymbol method, SyntaxNode syntax)
    {
        CheckSyntax(syntax);
        var name = syntax is MethodDeclarationSyntax declaration ? Ordinal(declaration.Identifier) : Ordinal(syntax);
        if (TooDeep(syntax) is { } refused)
        {
            _methods.Add(new(id, method.Name, Parameters(method), refused, name));
            return;
        }
        var operation = Model(syntax).GetOperation(syntax, _cancellation);
        var body = operation is IMethodBodyOperation m ? (IOperation?)m.BlockBody ?? m.ExpressionBody : operation;
        var parameters = Parameters(method);
        if (body is not null) _methods.Add(new(id, method.Name, parameters, Statement(body), name, ResultNames(method)));
    }

    // Only where each element has a name of its own.
    private static EquatableArray<string> ResultNames(IMethodSymbol method) =>
        method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.All(e => e.IsExplicitlyNamedTupleElement)
            ? tuple.TupleElements.Select(e => e.Name).ToEquatableArray() : EquatableArray<string>.Empty;

    private string ReachStatic(ISymbol field)
    {
        var id = KnownSymbols.StaticId(field);
        if (_known.Add(id)) _pending.Enqueue(() => _statics.Add(Initializer(field.OriginalDefinition, id)));
        return id;
    }

    private EquatableArray<ParameterIr> Parameters(IMethodSymbol method) => method.Parameters.Select(p =>
    {
        var shape = KnownSymbols.Attribute(p, "ShapeAttribute");
        var classes = KnownSymbols.Attribute(p, "ClassesAttribute");
        var sizes = shape is not null ? Integers(shape.ConstructorArguments.FirstOrDefault())
            : classes?.NamedArguments.FirstOrDefault(a => a.Key == "Shape").Value is { } named ? Integers(named) : default;
        var ordinal = p.DeclaringSyntaxReferences.FirstOrDefault() is { } r ? Ordinal(r.GetSyntax(_cancellation)) : -1;
        var value = p.HasExplicitDefaultValue && IrConstant.Write(p.ExplicitDefaultValue) is { } text ? new IrNode(IrKind.Constant, text, default)
            : p.HasExplicitDefaultValue ? new IrNode(IrKind.Constant, IrConstant.Null, default) : null;
        var count = classes?.ConstructorArguments.FirstOrDefault().Value as int? ?? 0;
        return new ParameterIr(p.Name, TypeOf(p.Type), sizes, shape is not null, count, value, ordinal);
    }).ToEquatableArray();

    private static ParameterTypeIr TypeOf(ITypeSymbol type) =>
        KnownSymbols.IsRuntime(type, "Tensor") ? ParameterTypeIr.Tensor : KnownSymbols.IsRuntime(type, "Labels") ? ParameterTypeIr.Labels
            : ParameterTypeIr.Other;

    private static EquatableArray<int> Integers(TypedConstant constant) => constant.Kind == TypedConstantKind.Array && !constant.IsNull
        ? constant.Values.Select(v => v.Value is int i ? i : 0).ToEquatableArray()
        : default;

    private int Ordinal(SyntaxNodeOrToken syntax)
    {
        _positions.Add(syntax);
        return _positions.Count - 1;
    }

    private IrNode Node(IrKind kind, string text, SyntaxNode syntax, params IrNode[] children) => new(kind, text, children.ToEquatableArray(), Ordinal(syntax));

    private IrNode Node(IrKind kind, string text, IOperation operation, params IrNode[] children) => Node(kind, text, operation.Syntax, children);

    private IrNode Unsupported(SyntaxNode syntax, string what) => Node(IrKind.Unsupported, what, syntax);

    private IrNode Nested(IOperation operation, Func<IOperation, IrNode> lower)
    {
        _cancellation.ThrowIfCancellationRequested();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_depth == Deepest)
        {
            // Said once; the model is not built, so the rest may be anything.
            if (_isTooDeep) return True(operation);
            _isTooDeep = true;
            return Unsupported(operation.Syntax, "code that is nested this deeply");
        }
        _depth++;
        var node = lower(operation);
        _depth--;
        return node;
    }

    // The compiler makes operations by recursion and does not ask whether the stack suffices. What leans to the left, sums and patterns, it does
    // one after the other.
    private IrNode? TooDeep(SyntaxNode syntax)
    {
        var todo = new Stack<(SyntaxNode Node, int Depth)>();
        todo.Push((syntax, 0));
        while (todo.Count > 0)
        {
            var (node, depth) = todo.Pop();
            if (depth > DeepestSyntax) return Unsupported(node, "code that is nested this deeply");
            var left = (SyntaxNode?)(node as BinaryExpressionSyntax)?.Left ?? (node as BinaryPatternSyntax)?.Left;
            foreach (var child in node.ChildNodes()) todo.Push((child, child == left ? depth : depth + 1));
        }
        return null;
    }

    private IrNode Broken(SyntaxNode syntax)
    {
        _isBroken = true;
        return Node(IrKind.Unsupported, "it does not compile", syntax);
    }

    private void CheckSyntax(SyntaxNode syntax)
    {
        if (syntax.ContainsDiagnostics && syntax.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error)) _isBroken = true;
    }

    private SemanticModel Model(SyntaxNode syntax)
    {
        if (_models.TryGetValue(syntax.SyntaxTree, out var model)) return model;
#pragma warning disable RS1030 // A module is more than one member and may be spread over several files; the model of each file is asked for once.
        return _models[syntax.SyntaxTree] = _compilation.GetSemanticModel(syntax.SyntaxTree);
#pragma warning restore RS1030
    }
}
