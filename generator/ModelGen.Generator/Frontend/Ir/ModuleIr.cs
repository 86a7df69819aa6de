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

    /// <summary>[Model(InEvaluationMode = true)]: training computes what evaluation does.</summary>
    public bool InEvaluationMode { get; init; }

    public const string ForwardName = "Forward", LossName = "Loss";

    public MethodIr? Method(string id) => Methods.FirstOrDefault(m => m.Id == id);

    public MethodIr? MethodNamed(string name) => Methods.FirstOrDefault(m => m.Name == name);
}

/// <summary>A field, automatic property or static field.</summary>
/// <param name="Name">For a static field of another type: its id.</param>
/// <param name="Initializer">Null where there is none.</param>
internal sealed record FieldIr(string Name, IrNode? Initializer, int Ordinal);

/// <summary>A method, property getter or static helper.</summary>
/// <param name="Id">The signature (<c>Forward(ModelGen.Tensor)</c>); for a static method the documentation id.</param>
internal sealed record MethodIr(string Id, string Name, EquatableArray<ParameterIr> Parameters, IrNode Body, int Ordinal);

/// <summary>What a parameter of Forward, Loss or a helper takes.</summary>
internal enum ParameterTypeIr
{
    /// <summary>A constant, a layer, a module …</summary>
    Other,
    Tensor,
    Labels,
}

/// <summary>A parameter of a constructor or method.</summary>
/// <param name="Sizes">From [Shape] (or [Classes] for labels), without the batch axis.</param>
/// <param name="HasShape">There is a [Shape], perhaps an empty one.</param>
/// <param name="Classes">From [Classes]; 0 without.</param>
/// <param name="Default">The value of an omitted argument, or null where one is required.</param>
internal sealed record ParameterIr(
    string Name, ParameterTypeIr Type, EquatableArray<int> Sizes, bool HasShape, int Classes, IrNode? Default, int Ordinal)
{
    /// <summary>Shape and classes follow from the model's output: the target of a loss in class form.</summary>
    public bool IsInferred { get; init; }
}
