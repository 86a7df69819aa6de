using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Frontend.Ir;

/// <summary>Finds nodes in a module.</summary>
internal static class IrWalk
{
    public static IEnumerable<IrNode> SelfAndDescendants(IrNode node)
    {
        var todo = new Stack<IrNode>();
        todo.Push(node);
        while (todo.Count > 0)
        {
            var next = todo.Pop();
            yield return next;
            for (var child = next.Children.Count - 1; child >= 0; child--) todo.Push(next[child]);
        }
    }

    /// <summary>The variables of a method that get a value more than once: where they are declared, or as a parameter, and in an assignment.</summary>
    public static HashSet<string> Reassigned(MethodIr method)
    {
        var assigned = new HashSet<string>(method.Parameters.Select(p => p.Name), StringComparer.Ordinal);
        var again = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in SelfAndDescendants(method.Body))
        {
            var targets = node.Kind switch
            {
                IrKind.Declare => new[] { node },
                IrKind.Assign or IrKind.ForEach => SelfAndDescendants(node[0]).Where(n => n.Kind is IrKind.Variable or IrKind.NewVariable),
                _ => Enumerable.Empty<IrNode>(),
            };
            foreach (var target in targets)
                if (!assigned.Add(target.Text)) again.Add(target.Text);
        }
        return again;
    }

    /// <summary>C# without a meaning at compile time, in what Forward, Loss and the initialisers reach.</summary>
    public static IEnumerable<IrNode> Unsupported(ModuleIr module)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var roots = module.Fields.Concat(module.Statics).Select(f => f.Initializer)
            .Append(module.ConstructorBody)
            .Concat(module.Methods.Where(m => m.Name is ModuleIr.ForwardName or ModuleIr.LossName && reached.Add(m.Id)).Select(m => (IrNode?)m.Body));
        var todo = new Queue<IrNode>(roots.OfType<IrNode>());
        while (todo.Count > 0)
        {
            foreach (var node in SelfAndDescendants(todo.Dequeue()))
            {
                if (node.Kind == IrKind.Unsupported) yield return node;
                if (node.Kind is IrKind.Call or IrKind.CallStatic or IrKind.MethodGroup && module.Method(node.Text) is { } method
                    && reached.Add(method.Id)) todo.Enqueue(method.Body);
            }
        }
    }
}
