using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Lowering;

internal sealed partial class ModuleLowering
{
    private IrNode Statement(IOperation operation) => Nested(operation, OfStatement);

    private IrNode OfStatement(IOperation operation)
    {
        switch (operation)
        {
            case IBlockOperation block:
                // A local function may be called above its declaration.
                return Node(IrKind.Block, "", block, block.Operations.OrderBy(o => o is ILocalFunctionOperation ? 0 : 1).Select(Statement).ToArray());
            case IVariableDeclarationGroupOperation group:
                return Node(IrKind.Sequence, "", group, group.Declarations.SelectMany(d => d.Declarators).Select(Declare).ToArray());
            case IExpressionStatementOperation e:
                return Node(IrKind.Evaluate, "", e, Expression(e.Operation));
            case IReturnOperation r:
                return r.ReturnedValue is null ? Node(IrKind.Return, "", r) : Node(IrKind.Return, "", r, Expression(r.ReturnedValue));
            case IConditionalOperation c:
                return c.WhenFalse is null
                    ? Node(IrKind.If, "", c, Expression(c.Condition), Statement(c.WhenTrue))
                    : Node(IrKind.If, "", c, Expression(c.Condition), Statement(c.WhenTrue), Statement(c.WhenFalse));
            case IForLoopOperation f:
                return Node(IrKind.For, "", f, Sequence(f, f.Before), f.Condition is null ? True(f)
                    : Expression(f.Condition), Sequence(f, f.AtLoopBottom), Statement(f.Body));
            case IForEachLoopOperation { IsAsynchronous: false } f:
                return Node(IrKind.ForEach, "", f, LoopVariable(f.LoopControlVariable), Expression(f.Collection), Statement(f.Body));
            case IWhileLoopOperation w:
                var condition = w.Condition is null ? True(w) : Expression(w.Condition);
                if (w.ConditionIsUntil) condition = Node(IrKind.Unary, "!", w, condition);
                return Node(w.ConditionIsTop ? IrKind.While : IrKind.DoWhile, "", w, condition, Statement(w.Body));
            case IBranchOperation { BranchKind: BranchKind.Break } b:
                return Node(IrKind.Break, "", b);
            case IBranchOperation { BranchKind: BranchKind.Continue } b:
                return Node(IrKind.Continue, "", b);
            case ISwitchOperation s:
                return Node(IrKind.Switch, "", s, new[] { Expression(s.Value) }.Concat(s.Cases.Select(Section)).ToArray());
            case ILocalFunctionOperation { Body: { } body } f:
                return Node(IrKind.LocalFunction, f.Symbol.Name, f, Node(IrKind.Lambda, ParameterNames(f.Symbol), f, Statement(body)));
            case IEmptyOperation e:
                return Node(IrKind.Sequence, "", e);
            case IThrowOperation t:
                return Node(IrKind.Evaluate, "", t, Expression(t));
            case IInvalidOperation i:
                return Broken(i.Syntax);
            default:
                return Unsupported(operation.Syntax, Describe(operation));
        }
    }

    private IrNode Declare(IVariableDeclaratorOperation variable)
    {
        var initializer = variable.Initializer ?? (variable.Parent as IVariableDeclarationOperation)?.Initializer;
        return Node(IrKind.Declare, variable.Symbol.Name, variable, initializer is null ? Node(IrKind.Constant, IrConstant.Null, variable)
            : Expression(initializer.Value));
    }

    private IrNode Sequence(IOperation owner, IEnumerable<IOperation> statements) => Node(IrKind.Sequence, "", owner, statements.Select(Statement).ToArray());

    private IrNode True(IOperation owner) => Node(IrKind.Constant, IrConstant.True, owner);

    private IrNode LoopVariable(IOperation variable) => variable switch
    {
        IVariableDeclaratorOperation v => Node(IrKind.NewVariable, v.Symbol.Name, v),
        IDeclarationExpressionOperation d => Expression(d),
        _ => Expression(variable),
    };

    private IrNode Section(ISwitchCaseOperation section)
    {
        var patterns = new List<IrNode>();
        var guard = True(section);
        foreach (var clause in section.Clauses)
        {
            var next = clause switch
            {
                ISingleValueCaseClauseOperation s => Node(IrKind.ConstantPattern, "", s, Expression(s.Value)),
                IDefaultCaseClauseOperation d => Node(IrKind.AnyPattern, "", d),
                IPatternCaseClauseOperation p => Pattern(p.Pattern),
                IRelationalCaseClauseOperation r => Node(IrKind.RelationalPattern, Operator(r.Relation), r, Expression(r.Value)),
                _ => Unsupported(clause.Syntax, "this case"),
            };
            if (clause is IPatternCaseClauseOperation { Guard: { } when }) guard = Expression(when);
            patterns.Add(next);
        }
        var pattern = patterns.Count > 1 ? Node(IrKind.OrPattern, "", section, patterns.ToArray()) : patterns.FirstOrDefault();
        var body = Node(IrKind.Block, "", section, section.Body.Select(Statement).ToArray());
        return Node(IrKind.Case, "", section, pattern ?? Node(IrKind.AnyPattern, "", section), guard, body);
    }

    private static string ParameterNames(IMethodSymbol function) => string.Join(",", function.Parameters.Select(p => p.Name));

    /// <summary>What a person calls the construct.</summary>
    private static string Describe(IOperation operation) => operation switch
    {
        ITryOperation => "a try statement",
        IUsingOperation or IUsingDeclarationOperation => "a using statement",
        ILockOperation => "a lock statement",
        IBranchOperation or ILabeledOperation => "a goto statement",
        IForEachLoopOperation => "an asynchronous loop",
        IAwaitOperation => "an await expression",
        ITypeOfOperation => "typeof",
        ISizeOfOperation => "sizeof",
        IAddressOfOperation => "a pointer",
        IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation => "a dynamic call",
        IEventAssignmentOperation => "an event",
        IAnonymousObjectCreationOperation => "an anonymous object",
        IWithOperation => "a with expression",
        ITranslatedQueryOperation => "a query expression",
        IIsTypeOperation => "a type test",
        ICoalesceAssignmentOperation => "'??='",
        _ => "this " + operation.Kind.ToString(),
    };
}
