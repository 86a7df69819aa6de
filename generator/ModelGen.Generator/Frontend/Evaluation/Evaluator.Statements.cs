using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Frontend.Ir;

namespace ModelGen.Generator.Frontend.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>How a statement ended.</summary>
    private enum Completion
    {
        Normal,
        Break,
        Continue,
        Return,
    }

    // A loop of fewer rounds is not what takes so long; something in it is.
    private const int FewRounds = 8;

    /// <summary>The value of the last return statement, until its caller takes it.</summary>
    private object? _returned;

    // Innermost last.
    private readonly Stack<RunningLoop> _loops = new();

    private Completion Execute(IrNode node, Scope scope, Frame frame)
    {
        Step(node, frame);
        switch (node.Kind)
        {
            case IrKind.Block: return ExecuteAll(node, new Scope(scope), frame);
            case IrKind.Sequence: return ExecuteAll(node, scope, frame);
            case IrKind.Declare:
                Assign(new(IrKind.NewVariable, node.Text, default, node.Ordinal), Evaluate(node[0], scope, frame), scope, frame);
                return Completion.Normal;
            case IrKind.LocalFunction:
                scope.Declare(node.Text, Evaluate(node[0], scope, frame));
                return Completion.Normal;
            case IrKind.Evaluate:
                Evaluate(node[0], scope, frame);
                return Completion.Normal;
            case IrKind.Return:
                _returned = node.Children.Count == 0 ? null : Evaluate(node[0], scope, frame);
                return Completion.Return;
            case IrKind.If:
                if (Condition(node[0], scope, frame)) return Execute(node[1], new Scope(scope), frame);
                return node.Children.Count > 2 ? Execute(node[2], new Scope(scope), frame) : Completion.Normal;
            case IrKind.For or IrKind.ForEach or IrKind.While or IrKind.DoWhile:
                var loop = new RunningLoop(node, frame);
                _loops.Push(loop);
                var completion = ExecuteLoop(loop, scope);
                _loops.Pop();
                return completion;
            case IrKind.Switch:
                return ExecuteSwitch(node, scope, frame);
            case IrKind.Break: return Completion.Break;
            case IrKind.Continue: return Completion.Continue;
            default:
                // A lambda's body may be an expression.
                Evaluate(node, scope, frame);
                return Completion.Normal;
        }
    }

    private Completion ExecuteAll(IrNode node, Scope scope, Frame frame)
    {
        foreach (var child in node.Children)
            if (Execute(child, scope, frame) is var completion and not Completion.Normal) return completion;
        return Completion.Normal;
    }

    private Completion ExecuteLoop(RunningLoop loop, Scope scope)
    {
        var (node, frame, own) = (loop.Node, loop.Frame, new Scope(scope));
        switch (node.Kind)
        {
            case IrKind.ForEach:
                foreach (var item in Sequence(node[1], scope, frame).ToArray())
                {
                    var inner = new Scope(scope);
                    Assign(node[0], item, inner, frame);
                    if (Leaves(Round(loop, node[2], inner), out var completion)) return completion;
                }
                return Completion.Normal;
            case IrKind.While:
                while (Condition(node[0], scope, frame))
                    if (Leaves(Round(loop, node[1], new Scope(scope)), out var completion)) return completion;
                return Completion.Normal;
            case IrKind.DoWhile:
                do
                {
                    if (Leaves(Round(loop, node[1], new Scope(scope)), out var completion)) return completion;
                }
                while (Condition(node[0], scope, frame));
                return Completion.Normal;
            default:
                for (Execute(node[0], own, frame); Condition(node[1], own, frame); Execute(node[2], own, frame))
                    if (Leaves(Round(loop, node[3], new Scope(own)), out var completion)) return completion;
                return Completion.Normal;
        }
    }

    private Completion Round(RunningLoop loop, IrNode body, Scope scope)
    {
        loop.Rounds++;
        return Execute(body, scope, loop.Frame);
    }

    // What ends a loop, seen from outside: break ends it normally.
    private static bool Leaves(Completion body, out Completion completion)
    {
        completion = body == Completion.Return ? Completion.Return : Completion.Normal;
        return body is Completion.Return or Completion.Break;
    }

    private Completion ExecuteSwitch(IrNode node, Scope scope, Frame frame)
    {
        var value = Evaluate(node[0], scope, frame);
        // The default section matches last wherever it stands.
        foreach (var section in node.Children.Skip(1).OrderBy(s => s[0].Kind == IrKind.AnyPattern ? 1 : 0))
        {
            var inner = new Scope(scope);
            if (!Matches(section[0], value, inner, frame) || !Condition(section[1], inner, frame)) continue;
            var completion = Execute(section[2], inner, frame);
            return completion == Completion.Break ? Completion.Normal : completion;
        }
        return Completion.Normal;
    }

    private bool Condition(IrNode node, Scope scope, Frame frame) => Evaluate(node, scope, frame) switch
    {
        bool b => b,
        var other => throw Fail("MG1005", $"The condition has no value at compile time; it is {Arithmetic.Describe(other)}", node, frame),
    };

    private void Step(IrNode node, Frame frame) => Spend(static (b, _) => b.Step(), 1, node, frame);

    /// <summary>Counts elements before they are made.</summary>
    private void Make(long elements, IrNode node, Frame frame) => Spend(static (b, n) => b.Make(n), elements, node, frame);

    /// <summary>Counts the characters of a text before it is made.</summary>
    private void Write(long characters, IrNode node, Frame frame) => Spend(static (b, n) => b.Write(n), characters, node, frame);

    private void Spend(Action<Budget, long> spend, long count, IrNode node, Frame frame)
    {
        try
        {
            spend(_budget, count);
        }
        catch (BudgetException e)
        {
            throw TooMuch(e, node, frame);
        }
    }

    // The loop that went round most often is the one that does not end, whatever loops run inside of it; without one it is the call, a recursion perhaps.
    private EvaluationException TooMuch(BudgetException budget, IrNode node, Frame frame)
    {
        var why = $"evaluating '{_model.Name}' {budget.Message}";
        var loop = _loops.OrderByDescending(l => l.Rounds).FirstOrDefault();
        if (loop is { Rounds: > FewRounds }) return Fail("MG1009", $"This loop has not ended after {Lengths.Text(loop.Rounds)} rounds: {why}", loop.Node,
            loop.Frame);
        var isOne = node.Kind is IrKind.Op or IrKind.Pure or IrKind.NewArray or IrKind.Invoke;
        return frame is { CallSite: { Kind: not IrKind.This } site, Caller: { } caller } && !isOne
            ? Fail("MG1009", $"This call makes too much, or does not end: {why}", site, caller)
            : Fail("MG1009", $"This makes too much, or does not end: {why}", node, frame);
    }
}
