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
