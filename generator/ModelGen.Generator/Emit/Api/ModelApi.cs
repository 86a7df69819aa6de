using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Api;

/// <summary>Prints the members of a model class: each hands on to what is compiled.</summary>
internal static class ModelApi
{
    public static void Write(CodeWriter writer, LoweredModel model, Figures figures)
    {
        var graphs = model.Graphs;
        void Member(string summary, GeneratedMember member, string rest)
        {
            writer.Line(summary.Length > 0 ? $"/// <summary>{summary}</summary>" : "/// <inheritdoc/>");
            writer.Line(member.Declaration + rest);
            writer.Line();
        }
        string Call(GeneratedMember method) => $" => {Compiled}.{method.Name}({string.Join(", ", method.Parameters.Select(p => p.Name))});";
        Constants(Member, model, figures);
        var behind = "global::" + graphs.CompiledNamespace;
        Member("The steps of the network as a table.", GeneratedMembers.Summary, $" = {behind}.{ModelInfoText.ClassName}.Summary;");
        Member("The steps of the network as a mermaid flowchart.", GeneratedMembers.Diagram, $" = {behind}.{ModelInfoText.ClassName}.Diagram;");
        Member("The description of the model: inputs, outputs, parameters, sizes.", GeneratedMembers.Description,
            $" => {behind}.{ModelInfoText.ClassName}.Info;");
        writer.Line(GeneratedMembers.Compiled.Declaration + ";");
        writer.Line();
        writer.Line("/// <summary>A network with weights drawn from seed 0.</summary>");
        writer.Line($"public {graphs.DeclaredName}() : this(0) {{ }}");
        writer.Line();
        writer.Line("/// <summary>A network with weights drawn from a seed: the same seed gives the same bits.</summary>");
        writer.Line($"public {graphs.DeclaredName}(ulong seed) => {Compiled} = new {behind}.Compiled(seed);");
        writer.Line();
        Member("", GeneratedMembers.Info, $" => {GeneratedMembers.Description.Name};");
        Member("Weights, gradients and buffers, by name.", GeneratedMembers.Parameters, $" => {Compiled}.Parameters;");
        writer.Line("/// <summary>Threads used by one call; the results are the same for any number.</summary>");
        writer.Block(GeneratedMembers.Threads.Declaration, () =>
        {
            writer.Line($"get => {Compiled}.Threads;");
            writer.Line($"set => {Compiled}.Threads = value;");
        });
        writer.Line();
        Member("", GeneratedMembers.Backward, Call(GeneratedMembers.Backward));
        Member("", GeneratedMembers.BackwardIntoTotal, Call(GeneratedMembers.BackwardIntoTotal));
        Member("", GeneratedMembers.Evaluate, Call(GeneratedMembers.Evaluate));
        Member("", GeneratedMembers.EvaluateIntoTotal, Call(GeneratedMembers.EvaluateIntoTotal));
        Member("", GeneratedMembers.PredictBatch, Call(GeneratedMembers.PredictBatch));
        Predict(writer, model);
        if (model.Tangent is not null) Member("", GeneratedMembers.Jvp, Call(GeneratedMembers.Jvp));
        writer.Line("/// <summary>Frees the memory of weights and workspaces.</summary>");
        writer.Line(GeneratedMembers.Dispose.Declaration + Call(GeneratedMembers.Dispose));
    }

    private static string Compiled => GeneratedMembers.Compiled.Name;

    // One span for each input Forward reads: what an application calls.
    private static void Predict(CodeWriter writer, LoweredModel model)
    {
        var all = ModelInfoText.Inputs(model.Graphs.Training).ToList();
        var used = all.Where(l => ModelInfoText.UsedByPredict(model, l)).ToList();
        if (used.Count == 0 || used.Any(l => !l.Shape.IsPerSample) || model.Graphs.Evaluation.Outputs.Count != 1) return;
        var output = model.Graphs.Evaluation[model.Graphs.Evaluation.Outputs[0]];
        if (!output.Shape.IsPerSample) return;
        var taken = new HashSet<string>(used.Select(l => l.Name));
        var outputName = Identifiers.Unique(Identifiers.IsIdentifier(output.Name) && !taken.Contains(output.Name) ? output.Name : "output", taken);
        var member = GeneratedMembers.Predict(used.Select(l => (l.Name, l.Kind == LeafKind.Labels)), outputName);
        var batch = Identifiers.Unique("batch", taken);
        var compiled = taken.Contains(Compiled) ? "this." + Compiled : Compiled;
        writer.Line("/// <summary>Runs the network on one or more samples. Safe from several threads at once; allocates nothing once warm.</summary>");
        foreach (var leaf in used) writer.Line($"/// <param name=\"{leaf.Name}\">{leaf.Type}, row-major.</param>");
        writer.Line($"/// <param name=\"{outputName}\">{output.Type}, filled.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has not the length that the number of samples asks for.</exception>");
        writer.Block(member.Declaration, () =>
        {
            writer.Line($"global::ModelGen.Batch {batch} = {compiled}.Rent({Identifiers.Escape(used[0].Name)}.Length, {all.IndexOf(used[0])});");
            writer.Line("try");
            writer.Open();
            foreach (var leaf in used) writer.Line(
                $"{compiled}.Fill({batch}, {all.IndexOf(leaf).ToString(CultureInfo.InvariantCulture)}, {Identifiers.Escape(leaf.Name)});");
            writer.Line($"{compiled}.Predict({batch}, {Identifiers.Escape(outputName)});");
            writer.Close();
            writer.Line("finally");
            writer.Open();
            writer.Line($"{compiled}.Return({batch});");
            writer.Close();
        });
        writer.Line();
    }

    private static void Constants(System.Action<string, GeneratedMember, string> member, LoweredModel model, Figures figures)
    {
        void Constant(string summary, GeneratedMember constant, long value) => member(summary, constant, $" = {value.ToString(CultureInfo.InvariantCulture)};");
        Constant("Trained numbers.", GeneratedMembers.ParameterCount, figures.ParameterCount);
        Constant("Floating-point operations of the forward pass for one sample (a multiply-add counts two).", GeneratedMembers.ForwardFlops,
            figures.ForwardFlops);
        Constant("Floating-point operations of the backward pass for one sample.", GeneratedMembers.BackwardFlops, figures.BackwardFlops);
        Constant("Memory a training step needs for each sample of the batch, in bytes (each tensor rounded up to 256 bytes).",
            GeneratedMembers.WorkspaceBytesPerSample, figures.WorkspaceBytesPerSample);
        Constant("Distinct kernels.", GeneratedMembers.KernelCount, figures.KernelCount);
        var step = model.Train is null ? "a prediction" : "a training step";
        Constant($"How often {step} goes through a tensor in memory: each kernel call that reads or writes one of the batch or between kernels counts one; "
            + "weights and gradients do not.", GeneratedMembers.MemoryPasses, figures.Traffic.Passes);
        Constant("Bytes that those passes move for each sample of the batch.", GeneratedMembers.MemoryBytesPerSample,
            figures.Traffic.FloatsPerSample * sizeof(float));
    }
}
