using System.Linq;
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

    /// <summary>The value of the last return statement, until its caller takes it.</summary>
    private object? _returned;

    private (IrNode Condition, Frame Frame)? _loop;

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
            case IrKind.For:
                return ExecuteFor(node, new Scope(scope), frame);
            case IrKind.ForEach:
                foreach (var item in Sequence(node[1], scope, frame).ToArray())
                {
                    var inner = new Scope(scope);
                    Assign(node[0], item, inner, frame);
                    if (Leaves(Execute(node[2], inner, frame), out var completion)) return completion;
                }
                return Completion.Normal;
            case IrKind.While:
                while (Round(node[0], scope, frame))
                    if (Leaves(Execute(node[1], new Scope(scope), frame), out var completion)) return completion;
                return Completion.Normal;
            case IrKind.DoWhile:
                do
                {
                    if (Leaves(Execute(node[1], new Scope(scope), frame), out var completion)) return completion;
                }
                while (Round(node[0], scope, frame));
                return Completion.Normal;
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

    private Completion ExecuteFor(IrNode node, Scope scope, Frame frame)
    {
        for (Execute(node[0], scope, frame); Round(node[1], scope, frame); Execute(node[2], scope, frame))
            if (Leaves(Execute(node[3], new Scope(scope), frame), out var completion)) return completion;
        return Completion.Normal;
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

    /// <summary>A loop's condition: what is blamed if the loop does not end.</summary>
    private bool Round(IrNode condition, Scope scope, Frame frame)
    {
        _loop = (condition, frame);
        return Condition(condition, scope, frame);
    }

    private void Step(IrNode node, Frame frame)
    {
        if (++_steps > StepLimit)
        {
            var (at, where) = _loop ?? (node, frame);
            throw Fail("MG1009", $"Evaluating '{_model.Name}' takes more than {StepLimit} steps; does this loop end?", at, where);
        }
        if ((_steps & 255) == 0) _cancellation.ThrowIfCancellationRequested();
    }
}
