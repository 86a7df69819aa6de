using System.Collections.Immutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Conformance;
using ModelGen.Generator.Autodiff;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Tests.Emit;

/// <summary>Emits a model, compiles the text, loads it, and compares what it computes with the interpreter.</summary>
internal sealed class EmittedModel
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll" or "mscorlib.dll")
            .Append(typeof(IModel).Assembly.Location)
            .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p)),
    ];

    /// <param name="edit">Changes the text before it is compiled, for example to count calls.</param>
    /// <param name="jvp">Whether there are directional derivatives.</param>
    /// <param name="gradientCheck">Whether gradients can be checked.</param>
    /// <param name="winogradPoints">Most products along an axis of a convolution's tile; the default where null.</param>
    public EmittedModel(ModelGraphs graphs, Func<string, string>? edit = null, bool jvp = false, bool gradientCheck = false, int? winogradPoints = null)
    {
        Graphs = graphs;
        var files = ModelCompiler.Files(graphs,
            new(Jvp: jvp, GradientCheck: gradientCheck, WinogradPoints: winogradPoints ?? Generator.Passes.WinogradMatrices.MostPoints));
        string[] texts = [.. files.Select(f => edit is null ? f.Text : edit(f.Text))];
        Text = string.Concat(texts);
        using var stream = new MemoryStream(CompiledModels.GetOrAdd(Text, () => Compile(["public partial class " + graphs.Name + ";", .. texts])));
        Assembly = new AssemblyLoadContext(graphs.Name, isCollectible: true).LoadFromStream(stream);
        Model = (IModel)Activator.CreateInstance(Assembly.GetType(graphs.Name)!)!;
    }

    private byte[] Compile(string[] texts)
    {
        var compilation = CSharpCompilation.Create(Graphs.Name + Guid.NewGuid().ToString("N"),
            texts.Select(t => CSharpSyntaxTree.ParseText(GeneratedText.WithWarnings(t), new(LanguageVersion.CSharp12))), References,
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Diagnostics.All(d => d.Severity < DiagnosticSeverity.Warning),
            string.Join("\n", result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Take(8)) + "\n"
                + (Environment.GetEnvironmentVariable("MODELGEN_SHOW") == "1" ? Text : ""));
        return image.ToArray();
    }

    public ModelGraphs Graphs { get; }

    public string Text { get; }

    public System.Reflection.Assembly Assembly { get; }

    public IModel Model { get; }

    /// <summary>Fills a batch and the parameters with small numbers and returns them by leaf of a graph.</summary>
    public Batch Fill(int samples, int seed)
    {
        var random = new Random(seed);
        var batch = new Batch(Model.Info, samples) { Count = samples };
        for (var i = 0; i < Model.Info.Inputs.Count; i++)
        {
            var spec = Model.Info.Inputs[i];
            if (spec.IsLabels) foreach (ref var l in batch.Ints(i)) l = random.Next(spec.Classes);
            else foreach (ref var x in batch.Floats(i)) x = (float)(random.NextDouble() * 2 - 1);
        }

        foreach (var spec in Model.Info.Parameters)
            foreach (ref var w in Model.Parameters[spec.Path].Values) w += (float)(random.NextDouble() - 0.5) * 0.2f;
        foreach (var spec in Model.Info.Buffers)
            foreach (ref var w in Model.Parameters[spec.Path].Values) w += (float)random.NextDouble() * 0.5f;
        Model.Parameters.MarkChanged();
        return batch;
    }

    public Dictionary<int, double[]> Leaves(Graph graph, Batch batch)
    {
        var values = new Dictionary<int, double[]>();
        var input = 0;
        foreach (var leaf in graph.Nodes.OfType<LeafNode>())
        {
            var length = leaf.Shape.Length.At(batch.Count);
            if (leaf.Kind is LeafKind.Input) values[leaf.Id] = batch.Floats(input++)[..length].ToArray().Select(x => (double)x).ToArray();
            else if (leaf.Kind is LeafKind.Labels) values[leaf.Id] = batch.Ints(input++)[..length].ToArray().Select(x => (double)x).ToArray();
            else if (leaf.Kind is LeafKind.Parameter or LeafKind.Buffer)
                values[leaf.Id] = Model.Parameters[leaf.Path].Values.ToArray().Select(x => (double)x).ToArray();
        }

        return values;
    }

    /// <summary>Loss, gradients, buffers and predictions against the double interpreter.</summary>
    public void MatchesInterpreter(int samples, int seed = 1, double tolerance = 2e-5, uint stepSeed = 7)
    {
        using var batch = Fill(samples, seed);
        var evaluation = Graphs.Evaluation;
        if (evaluation.Outputs.Count == 1)
        {
            // A prediction draws with seed 0.
            var reference = new Interpreter(evaluation, samples, Leaves(evaluation, batch), 0, (c, k) => ModelGen.Runtime.Simd.Uniform(c, k));
            var output = new float[samples * Model.Info.OutputLength];
            Predict(batch, output);
            Close("output", reference[evaluation.Outputs[0]], output, tolerance);
            if (evaluation.Loss >= 0)
            {
                var loss = Model.Evaluate(batch, output);
                Close("evaluation loss", reference[evaluation.Loss], [loss], tolerance);
                Close("output of Evaluate", reference[evaluation.Outputs[0]], output, tolerance);
            }
        }

        if (Graphs.Training.Loss < 0) return;
        var parameters = Graphs.Training.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter).ToList();
        var joint = ReverseMode.Apply(Graphs.Training, parameters.Select(p => p.Id).ToList());
        var training = new Interpreter(joint, samples, Leaves(joint, batch), stepSeed, (c, k) => ModelGen.Runtime.Simd.Uniform(c, k));
        var actual = Model.Backward(batch, stepSeed);
        Close("loss", training[joint.Loss], [actual], tolerance);
        foreach (var gradient in joint.Gradients)
        {
            var path = ((LeafNode)joint[gradient.Of]).Path;
            Close("gradient of " + path, training[gradient.Value], Model.Parameters[path].Gradients.ToArray(), tolerance);
        }

        foreach (var update in joint.Updates)
        {
            var path = ((LeafNode)joint[update.Buffer]).Path;
            Close("new " + path, training[update.Value], Model.Parameters[path].Values.ToArray(), tolerance);
        }
    }

    // Kernels write predictions where the caller wants them: into memory that others may use before and behind.
    private void Predict(Batch batch, Span<float> output)
    {
        const int margin = 33;
        var memory = Enumerable.Repeat(-123f, output.Length + 2 * margin).ToArray();
        Model.Predict(batch, memory.AsSpan(margin, output.Length));
        memory.AsSpan(margin, output.Length).CopyTo(output);
        Assert.True(memory[..margin].Concat(memory[^margin..]).All(x => x == -123f), $"Predict of {Graphs.Name} writes beyond the output.");
    }

    /// <summary>The largest difference found by <see cref="MatchesInterpreter"/>, relative to the largest element of what was compared.</summary>
    public double LargestError { get; private set; }

    private void Close(string what, double[] expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1e-2, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++) LargestError = Math.Max(LargestError, Math.Abs(expected[i] - actual[i]) / scale);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale,
                $"{what}[{i}] of {Graphs.Name}: expected {expected[i]:G7}, got {actual[i]:G7} (scale {scale:G3})");
    }
}
