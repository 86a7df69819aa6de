using ModelGen.Generator.Frontend.Ir;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>One running function: whose code it is, for whom it runs, and who called it where.</summary>
/// <param name="Ir">The module whose nodes are evaluated.</param>
/// <param name="This">The instance, where there is one.</param>
/// <param name="Function">For messages: <c>BasicBlock.Forward</c>.</param>
/// <param name="CallSite">The node of the caller's code.</param>
internal sealed record Frame(ModuleIr Ir, ModuleValue? This, string Function, Frame? Caller, IrNode? CallSite)
{
    /// <summary>The method whose variables the code sees; null in a constructor or initialiser.</summary>
    public MethodIr? Method { get; init; }

    public int Depth { get; } = Caller is null ? 1 : Caller.Depth + 1;
}
