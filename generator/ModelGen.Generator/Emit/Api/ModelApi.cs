using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Api;

/// <summary>Prints the public members of a model class.</summary>
internal static class ModelApi
{
    public static void Write(CodeWriter writer, ModelPrograms model, Figures figures)
    {
        var name = model.Graphs.Name;
        Constants(writer, model, figures);
        writer.Line();
        ModelInfoText.Write(writer, model, figures);
        writer.Line();
        writer.Line("private readonly Compiled _compiled;");
        writer.Line();
        writer.Line($"/// <summary>A network with weights drawn from seed 0.</summary>");
        writer.Line($"public {name}() : this(0) {{ }}");
        writer.Line();
        writer.Line("/// <summary>A network with weights drawn from a seed: the same seed gives the same bits.</summary>");
        writer.Line($"public {name}(ulong seed) => _compiled = new Compiled(seed);");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public ModelInfo Info => ModelInfo;");
        writer.Line();
        writer.Line("/// <summary>Weights, gradients and buffers, by name.</summary>");
        writer.Line("public ParameterSet Parameters => _compiled.Parameters;");
        writer.Line();
        writer.Line("/// <summary>Threads used by one call; the results are the same for any number.</summary>");
        writer.Block("public int Threads", () =>
        {
            writer.Line("get => _compiled.Threads;");
            writer.Line("set => _compiled.Threads = value;");
        });
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public float Backward(Batch batch, uint stepSeed) => _compiled.Backward(batch, stepSeed);");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public float Evaluate(Batch batch, Span<float> output) => _compiled.Evaluate(batch, output);");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public void Predict(Batch batch, Span<float> output) => _compiled.Predict(batch, output);");
        Predict(writer, model);
        if (model.Tangent is not null)
        {
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line("public float Jvp(Batch batch, Batch? inputTangents, ReadOnlySpan<float> parameterTangents, Span<float> output, Span<float> outputTangents, uint stepSeed = 0) =>");
            writer.Indent();
            writer.Line("_compiled.Jvp(batch, inputTangents, parameterTangents, output, outputTangents, stepSeed);");
            writer.Unindent();
        }
        writer.Line();
        writer.Line("/// <summary>Frees the memory of weights and workspaces.</summary>");
        writer.Line("public void Dispose() => _compiled.Dispose();");
    }

    // One span for each input Forward reads: what an application calls.
    private static void Predict(CodeWriter writer, ModelPrograms model)
    {
        var all = ModelInfoText.Inputs(model.Graphs.Training).ToList();
        var used = all.Where(l => ModelInfoText.UsedByPredict(model, l)).ToList();
        if (used.Count == 0 || used.Any(l => !l.Shape.IsPerSample) || model.Graphs.Evaluation.Outputs.Count != 1) return;
        var output = model.Graphs.Evaluation[model.Graphs.Evaluation.Outputs[0]];
        if (!output.Shape.IsPerSample) return;
        var outputName = ValueNames.Identifier(output.Name.Length > 0 && used.All(u => u.Name != output.Name) ? output.Name : "output");
        string Type(LeafNode leaf) => leaf.Kind == LeafKind.Labels ? "int" : "float";
        var first = used[0];
        var batch = Identifiers.Unique("batch", new HashSet<string>(used.Select(l => l.Name)) { outputName });
        writer.Line();
        writer.Line("/// <summary>Runs the network on one or more samples. Safe from several threads at once; allocates nothing once warm.</summary>");
        foreach (var leaf in used) writer.Line($"/// <param name=\"{leaf.Name}\">{leaf.Type}, row-major.</param>");
        writer.Line($"/// <param name=\"{outputName}\">{output.Type}, filled.</param>");
        writer.Line("/// <exception cref=\"ArgumentException\">A span has not the length that the number of samples asks for.</exception>");
        writer.Block($"public void Predict({string.Join(", ", used.Select(l => $"ReadOnlySpan<{Type(l)}> @{l.Name}"))}, Span<float> @{outputName})", () =>
        {
            writer.Line($"var {batch} = _compiled.Rent(@{first.Name}.Length, {all.IndexOf(first)});");
            writer.Line("try");
            writer.Open();
            foreach (var leaf in used) writer.Line($"_compiled.Fill({batch}, {all.IndexOf(leaf).ToString(CultureInfo.InvariantCulture)}, @{leaf.Name});");
            writer.Line($"_compiled.Predict({batch}, @{outputName});");
            writer.Close();
            writer.Line("finally");
            writer.Open();
            writer.Line($"_compiled.Return({batch});");
            writer.Close();
        });
    }

    private static void Constants(CodeWriter writer, ModelPrograms model, Figures figures)
    {
        void Constant(string summary, string type, string name, string value)
        {
            writer.Line($"/// <summary>{summary}</summary>");
            writer.Line($"public const {type} {name} = {value};");
            writer.Line();
        }
        Constant("Trained numbers.", "long", "ParameterCount", Number(figures.ParameterCount));
        Constant("Floating-point operations of the forward pass for one sample (a multiply-add counts two).", "long", "ForwardFlops", Number(figures.ForwardFlops));
        Constant("Floating-point operations of the backward pass for one sample.", "long", "BackwardFlops", Number(figures.BackwardFlops));
        Constant("Memory a training step needs for each sample of the batch, in bytes (each tensor rounded up to 256 bytes).", "long", "WorkspaceBytesPerSample", Number(figures.WorkspaceBytesPerSample));
        Constant("Distinct kernels.", "int", "KernelCount", Number(figures.KernelCount));
        var step = model.Train is null ? "a prediction" : "a training step";
        Constant($"How often {step} goes through a tensor in memory: each kernel call that reads or writes one of the batch or between kernels counts one; weights and gradients do not.", "int", "MemoryPasses", Number(figures.Traffic.Passes));
        Constant("Bytes that those passes move for each sample of the batch.", "long", "MemoryBytesPerSample", Number(figures.Traffic.FloatsPerSample * sizeof(float)));
        Raw(writer, "The steps of the network as a table.", "Summary", ModelSummary.Table(model));
        writer.Line();
        Raw(writer, "The steps of the network as a mermaid flowchart.", "Diagram", ModelSummary.Diagram(model));
    }

    private static void Raw(CodeWriter writer, string summary, string name, string text)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line($"public const string {name} =");
        writer.Indent();
        writer.Line("\"\"\"");
        writer.Lines(text);
        writer.Line("\"\"\";");
        writer.Unindent();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
