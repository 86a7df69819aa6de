using System.Linq;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Ir;

/// <summary>What the source of one model or module says, before any size is known: no symbol, no syntax, no position.</summary>
/// <remarks>Its equality decides what is generated again. Two sources that differ in comments, layout or the place in a file have equal IR.
/// Methods are those that Forward, Loss and the initialisers reach, static helpers of other types included.</remarks>
/// <param name="Id">The metadata name: <c>Zoo.BasicBlock</c>, <c>Zoo.Outer+Block</c>.</param>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="IsModel">True for [Model], false for [Module].</param>
/// <param name="Constructor">Parameters of the primary (or the only) constructor.</param>
/// <param name="ConstructorBody">The body of an ordinary constructor, or null.</param>
/// <param name="Fields">Instance fields and automatic properties in order of declaration.</param>
/// <param name="Statics">Static fields of any type that the code reads.</param>
/// <param name="Uses">Ids of the modules it creates.</param>
/// <param name="Findings">What is wrong with the declaration itself.</param>
/// <param name="IsBroken">The compiler has errors inside; nothing is said about it.</param>
/// <param name="Ordinal">The ordinal of the name in the class declaration.</param>
internal sealed record ModuleIr(
    string Id, string Namespace, string Name, bool IsModel,
    EquatableArray<ParameterIr> Constructor, IrNode? ConstructorBody,
    EquatableArray<FieldIr> Fields, EquatableArray<MethodIr> Methods, EquatableArray<FieldIr> Statics,
    EquatableArray<string> Uses, EquatableArray<Finding> Findings, bool IsBroken, int Ordinal)
{
    /// <summary>[Model(Jvp = true)]: directional derivatives are wanted.</summary>
    public bool Jvp { get; init; }

    /// <summary>[Model(GradientCheck = true)]: the loss in double precision is wanted.</summary>
    public bool GradientCheck { get; init; }

    /// <summary>[Model(InEvaluationMode = true)]: training computes what evaluation does.</summary>
    public bool InEvaluationMode { get; init; }

    /// <summary>[Model(Winograd = …)]: the choice, by its number in the enumeration.</summary>
    public int Winograd { get; init; }

    /// <summary>[Model(GpuMath = …)]: the choice, by its number in the enumeration.</summary>
    public int GpuMath { get; init; }

    /// <summary>The number of <c>GpuMath.TensorFloat32</c>.</summary>
    public const int TensorFloat32 = 1;

    public const string ForwardName = "Forward", LossName = "Loss";

    public MethodIr? Method(string id) => Methods.FirstOrDefault(m => m.Id == id);

    public MethodIr? MethodNamed(string name) => Methods.FirstOrDefault(m => m.Name == name);
}
