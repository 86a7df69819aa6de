using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Api;

/// <summary>Prints the description of a model: its table, its drawing and the <c>ModelInfo</c> the runtime works with.</summary>
internal static class ModelInfoText
{
    /// <summary>The class that holds them.</summary>
    public const string ClassName = "Description";

    private const string BufferSettings = ", Trainable = false";

    public static void Write(CodeWriter writer, LoweredModel model, Figures figures)
    {
        writer.Line("/// <summary>What is known of the network before it runs.</summary>");
        writer.Block($"internal static class {ClassName}", () =>
        {
            Raw(writer, "Summary", ModelSummary.Table(model));
            writer.Line();
            Raw(writer, "Diagram", ModelSummary.Diagram(model));
            writer.Line();
            Info(writer, model, figures);
            LongTables(writer, model.Layout);
        });
    }

    // The text stands between more quotation marks than it has in a row.
    private static void Raw(CodeWriter writer, string name, string text)
    {
        var marks = "\"\"\"";
        while (text.Contains(marks)) marks += "\"";
        writer.Line($"public const string {name} =");
        writer.Indent();
        writer.Line(marks);
        writer.Lines(text);
        writer.Line(marks + ";");
        writer.Unindent();
    }

    private static void Info(CodeWriter writer, LoweredModel model, Figures figures)
    {
        var graph = model.Graphs.Training;
        var layout = model.Layout;
        writer.Line("/// <summary>Inputs, outputs, parameters, sizes.</summary>");
        writer.Line("public static ModelInfo Info { get; } = new()");
        writer.Open();
        writer.Line($"Name = {StringLiteral.Of(model.Graphs.Name)},");
        writer.Line("Inputs =");
        writer.Line("[");
        writer.Indent();
        foreach (var leaf in Inputs(graph)) writer.Line(InputSpec(leaf, model) + ",");
        writer.Unindent();
        writer.Line("],");
        writer.Line("Outputs =");
        writer.Line("[");
        writer.Indent();
        var number = 0;
        foreach (var id in model.Graphs.Evaluation.Outputs)
        {
            var node = model.Graphs.Evaluation[id];
            var name = node.Name.Length > 0 ? node.Name : "output" + (number > 0 ? number.ToString(CultureInfo.InvariantCulture) : "");
            writer.Line($"new() {{ Name = {StringLiteral.Of(name)}, Shape = [{Sizes(node.Shape)}], Length = {Number(PerSample(node.Shape))} }},");
            number++;
        }
        writer.Unindent();
        writer.Line("],");
        Specs(writer, "Parameters", layout.Parameters, "");
        Specs(writer, "Buffers", layout.Buffers, BufferSettings);
        writer.Line($"ParameterFloats = {Number(layout.ParameterFloats)},");
        writer.Line($"BufferFloats = {Number(layout.BufferFloats)},");
        writer.Line($"PreparedFloats = {Number(figures.PreparedFloats)},");
        if (model.Infer.DerivedFloats > 0) writer.Line($"DerivedFloats = {Number(model.Infer.DerivedFloats)},");
        writer.Line($"TrainWorkspaceFloatsPerSample = {Number(model.Train?.Workspace.PerSample ?? 0)},");
        writer.Line($"TrainWorkspaceFloatsFixed = {Number(model.Train?.Workspace.Fixed ?? 0)},");
        var infer = new[] { model.Infer, model.Score }.Where(p => p is not null).Select(p => p!.Workspace).ToList();
        writer.Line($"InferWorkspaceFloatsPerSample = {Number(infer.Max(w => w.PerSample))},");
        writer.Line($"InferWorkspaceFloatsFixed = {Number(infer.Max(w => w.Fixed))},");
        if (model.Tangent is { } tangent)
        {
            writer.Line($"JvpWorkspaceFloatsPerSample = {Number(tangent.Workspace.PerSample)},");
            writer.Line($"JvpWorkspaceFloatsFixed = {Number(tangent.Workspace.Fixed)},");
        }
        var tensors = model.All.SelectMany(p => p.Graph.Nodes.Select(n => p.Storage[n.Id].Whole)).Where(s => s.IsPerSample);
        writer.Line($"LargestTensorFloatsPerSample = {Number(tensors.Select(s => (long)s.Length.Factor).DefaultIfEmpty(0).Max())},");
        writer.Line($"HasLoss = {(model.Train is null ? "false" : "true")},");
        if (model.LossFormula is { } formula)
        {
            writer.Line($"LossSums = {Number(formula.Evaluation.Sums.Count)},");
            writer.Line($"LossFormula = Compiled.{CompiledMembers.LossOfSums},");
        }
        writer.Line($"ParameterCount = {Number(figures.ParameterCount)},");
        writer.Line($"ForwardFlops = {Number(figures.ForwardFlops)},");
        writer.Line($"BackwardFlops = {Number(figures.BackwardFlops)},");
        writer.Line($"KernelCount = {Number(figures.KernelCount)},");
        writer.Line($"MemoryPasses = {Number(figures.Traffic.Passes)},");
        writer.Line($"MemoryBytesPerSample = {Number(figures.Traffic.FloatsPerSample * sizeof(float))},");
        writer.Line("Summary = Summary,");
        writer.Line("Diagram = Diagram,");
        writer.Close(";");
    }

    /// <summary>Inputs and labels in the order of the batch's columns.</summary>
    public static IEnumerable<LeafNode> Inputs(Graph graph) => graph.Nodes.OfType<LeafNode>().Where(l => l.Kind is LeafKind.Input or LeafKind.Labels);

    public static bool UsedByPredict(LoweredModel model, LeafNode leaf) =>
        model.Infer.Graph.Nodes.Any(n => n.Inputs.Any(i => model.Infer.Graph[i] is LeafNode l && l.Kind == leaf.Kind && l.Name == leaf.Name));

    /// <summary>Elements for one sample, or of the whole tensor where it has no batch axis.</summary>
    public static long PerSample(Shape shape) => shape.Length.Factor;

    private static string InputSpec(LeafNode leaf, LoweredModel model)
    {
        var text = $"new() {{ Name = {StringLiteral.Of(leaf.Name)}, Shape = [{Sizes(leaf.Shape)}], Length = {Number(PerSample(leaf.Shape))}";
        if (leaf.Kind == LeafKind.Labels) text += $", IsLabels = true, Classes = {Number(leaf.Classes)}";
        if (leaf.Ignored is { } ignored) text += $", IgnoredLabel = {Number(ignored)}";
        if (!UsedByPredict(model, leaf)) text += ", UsedByPredict = false";
        if (!leaf.Shape.IsPerSample) text += ", HasBatch = false";
        return text + " }";
    }

    private static void Specs(CodeWriter writer, string property, IReadOnlyList<LayoutEntry> entries, string more)
    {
        writer.Line($"{property} =");
        writer.Line("[");
        writer.Indent();
        if (entries.Count > CpuFamily.X64.Jit.EntriesOfAMethod)
            for (var part = 1; part <= Parts(entries); part++) writer.Line($".. {property}{Number(part)}(),");
        else foreach (var e in entries) writer.Line(Spec(e, more));
        writer.Unindent();
        writer.Line("],");
    }

    private static void LongTables(CodeWriter writer, ModelLayout layout)
    {
        foreach (var (property, entries, more) in new[] { ("Parameters", layout.Parameters, ""), ("Buffers", layout.Buffers, BufferSettings) }
            .Where(t => t.Item2.Count > CpuFamily.X64.Jit.EntriesOfAMethod))
            for (var part = 1; part <= Parts(entries); part++)
            {
                writer.Line();
                writer.Line($"private static ParameterSpec[] {property}{Number(part)}() =>");
                writer.Line("[");
                writer.Indent();
                foreach (var e in entries.Skip((part - 1) * CpuFamily.X64.Jit.EntriesOfAMethod)
                    .Take(CpuFamily.X64.Jit.EntriesOfAMethod)) writer.Line(Spec(e, more));
                writer.Unindent();
                writer.Line("];");
            }
    }

    private static int Parts(IReadOnlyList<LayoutEntry> entries) =>
        (entries.Count + CpuFamily.X64.Jit.EntriesOfAMethod - 1) / CpuFamily.X64.Jit.EntriesOfAMethod;

    private static string Spec(LayoutEntry e, string more) =>
        $"new() {{ Path = {StringLiteral.Of(e.Leaf.Path)}, Shape = [{Sizes(e.Leaf.Shape)}], Offset = {Number(e.Offset)}, Length = {Number(e.Length)}, "
            + $"Initializer = {Initializer(e.Leaf)}{more} }},";

    private static string Initializer(LeafNode leaf)
    {
        var start = leaf.Start ?? Initialization.Zeros;
        var text = $"new(InitializerKind.{start.Kind}";
        if (start.Value != 0) text += $", Parameter: {Literals.Float(start.Value)}";
        if (start.FanIn != 0) text += $", FanIn: {Number(start.FanIn)}";
        if (start.FanOut != 0) text += $", FanOut: {Number(start.FanOut)}";
        if (start.Mean != 0) text += $", Mean: {Literals.Float(start.Mean)}";
        if (start.ZeroStart != 0) text += $", ZeroStart: {Number(start.ZeroStart)}";
        if (start.ZeroLength != 0) text += $", ZeroLength: {Number(start.ZeroLength)}";
        return text + ")";
    }

    private static string Sizes(Shape shape) =>
        string.Join(", ", shape.Axes.Where((a, k) => k > 0 || !(a.PerSample && a.Factor == 1)).Select(a => Number(a.Factor)));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
