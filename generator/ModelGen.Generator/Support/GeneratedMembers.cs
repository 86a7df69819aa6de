using System;
using System.Collections.Generic;
using System.Linq;
using static ModelGen.Generator.Support.GeneratedMemberKind;

namespace ModelGen.Generator.Support;

/// <summary>All members of the generated part of a model but its constructors: the emitters print them from here, and the frontend keeps the person's apart
/// from them.</summary>
internal static class GeneratedMembers
{
    private const string Batch = "global::ModelGen.Batch", ModelInfo = "global::ModelGen.ModelInfo", Floats = "global::System.Span<float>",
        ReadOnlyFloats = "global::System.ReadOnlySpan<float>";
    private const string LossTotal = "global::ModelGen.LossTotal";

    public static readonly GeneratedMember
        Compiled = new(Field, "global::ModelGen.Runtime.CompiledModel", "_compiled"),
        ParameterCount = new(Constant, "long", nameof(ParameterCount)),
        ForwardFlops = new(Constant, "long", nameof(ForwardFlops)),
        BackwardFlops = new(Constant, "long", nameof(BackwardFlops)),
        WorkspaceBytesPerSample = new(Constant, "long", nameof(WorkspaceBytesPerSample)),
        KernelCount = new(Constant, "int", nameof(KernelCount)),
        MemoryPasses = new(Constant, "int", nameof(MemoryPasses)),
        MemoryBytesPerSample = new(Constant, "long", nameof(MemoryBytesPerSample)),
        Summary = new(Constant, "string", nameof(Summary)),
        Diagram = new(Constant, "string", nameof(Diagram)),
        Description = new(StaticProperty, ModelInfo, "ModelInfo"),
        Info = new(Property, ModelInfo, nameof(Info)),
        Parameters = new(Property, "global::ModelGen.ParameterSet", nameof(Parameters)),
        Threads = new(SettableProperty, "int", nameof(Threads)),
        Backward = new(Method, "float", nameof(Backward), new(Batch, "batch"), new("uint", "stepSeed")),
        Evaluate = new(Method, "float", nameof(Evaluate), new(Batch, "batch"), new(Floats, "output")),
        BackwardIntoTotal = new(Method, "float", nameof(Backward), new(Batch, "batch"), new("uint", "stepSeed"), new(LossTotal, "total")),
        EvaluateIntoTotal = new(Method, "float", nameof(Evaluate), new(Batch, "batch"), new(Floats, "output"), new(LossTotal, "total")),
        PredictBatch = new(Method, "void", "Predict", new(Batch, "batch"), new(Floats, "output")),
        Dispose = new(Method, "void", nameof(Dispose)),
        Jvp = new(
            Method, "float", nameof(Jvp), new(Batch, "batch"), new(Batch + "?", "inputTangents"), new(ReadOnlyFloats, "parameterTangents"),
                new(Floats, "output"),
            new(Floats, "outputTangents"), new("uint", "stepSeed", "0")),
        GradientCheck = new(Method, "global::ModelGen.GradientCheckReport", nameof(GradientCheck), new(Batch, "batch"),
            new("global::ModelGen.GradientCheckOptions?", "options", "null")),
        CreateGpuProgram = new(Method, "global::ModelGen.Gpu.GpuProgram", nameof(CreateGpuProgram));

    /// <summary>The numbers that are known before the program runs.</summary>
    public static readonly IReadOnlyList<GeneratedMember> Figures =
        new[] { ParameterCount, ForwardFlops, BackwardFlops, WorkspaceBytesPerSample, KernelCount, MemoryPasses, MemoryBytesPerSample };

    /// <summary>The prediction from spans: one for each input that Forward reads.</summary>
    /// <param name="inputs">The names of the inputs, and whether they are labels.</param>
    public static GeneratedMember Predict(IEnumerable<(string Name, bool IsLabels)> inputs, string output) => new(
        Method, "void", nameof(Predict),
        inputs.Select(i => new GeneratedParameter($"global::System.ReadOnlySpan<{(i.IsLabels ? "int" : "float")}>", i.Name))
            .Append(new(Floats, output)).ToArray());

    /// <summary>Whether a method with such parameters could be the prediction from spans of a model whose Forward has so many inputs.</summary>
    public static bool CouldBePredict(IReadOnlyList<string> types, int inputs) => types.Count >= 2 && types.Count - 1 <= inputs
        && types[types.Count - 1] == Floats && types.Take(types.Count - 1).All(t => t is ReadOnlyFloats or "global::System.ReadOnlySpan<int>");

    /// <summary>The members of a model that asks for what it may ask for; the prediction from spans apart.</summary>
    public static IEnumerable<GeneratedMember> Of(bool jvp, bool gradientCheck) =>
        Figures.Concat(new[] { Compiled, Summary, Diagram, Description, Info, Parameters, Threads, Backward, BackwardIntoTotal, Evaluate, EvaluateIntoTotal,
            PredictBatch, Dispose, CreateGpuProgram })
            .Concat(jvp ? new[] { Jvp } : Array.Empty<GeneratedMember>()).Concat(gradientCheck ? new[] { GradientCheck } : Array.Empty<GeneratedMember>());
}
