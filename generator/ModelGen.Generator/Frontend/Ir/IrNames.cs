using System.Linq;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Ir;

/// <summary>Checks the names of a module that was read from text: they go on into generated code, and anybody could have written the text.</summary>
internal static class IrNames
{
    /// <summary>Whether every name is one that C# or the class form could have.</summary>
    public static bool AreNames(ModuleIr module) =>
        Identifiers.IsIdentifier(module.Name)
        && (module.Namespace.Length == 0 || module.Namespace.Split('.').All(Identifiers.IsIdentifier))
        && module.Id == (module.Namespace.Length == 0 ? module.Name : module.Namespace + "." + module.Name)
        && module.Constructor.All(p => Identifiers.IsIdentifier(p.Name))
        && module.Fields.All(f => IsField(f.Name))
        && module.Methods.All(m => m.Parameters.All(p => Identifiers.IsIdentifier(p.Name)))
        && module.Fields.Concat(module.Statics).Select(f => f.Initializer).Append(module.ConstructorBody).Concat(module.Methods.Select(m => (IrNode?)m.Body))
            .OfType<IrNode>().SelectMany(IrWalk.SelfAndDescendants).All(IsNamed);

    private static bool IsNamed(IrNode node) => node.Kind switch
    {
        IrKind.Variable or IrKind.NewVariable or IrKind.ConstructorParameter or IrKind.Declare or IrKind.LocalFunction => Identifiers.IsIdentifier(node.Text),
        IrKind.Member => IsField(node.Text),
        // An argument that is bound by its position has no name, nor has a pattern that declares nothing.
        IrKind.Argument or IrKind.OutArgument or IrKind.NotNullPattern or IrKind.AnyPattern => node.Text.Length == 0 || Identifiers.IsIdentifier(node.Text),
        IrKind.Lambda => node.Text.Length == 0 || node.Text.Split(',').All(Identifiers.IsIdentifier),
        _ => true,
    };

    // Layers in class form are fields by their numbers; a property that implements an interface has the interface's name before its own.
    private static bool IsField(string name) => name.Length > 0 && name.All(c => c is >= '0' and <= '9') || name.Split('.').All(Identifiers.IsIdentifier);
}
