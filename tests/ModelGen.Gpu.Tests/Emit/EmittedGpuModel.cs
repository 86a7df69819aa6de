using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Conformance;
using ModelGen.Generator.Autodiff;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Emit.Gpu;
using ModelGen.Generator.Graphs;
using ModelGen.Gpu.Tests.Rules;
using ModelGen.Runtime;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>Emits a model for both, compiles the text, and runs the kernels in a session.</summary>
internal sealed class EmittedGpuModel : IDisposable
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll" or "mscorlib.dll")
            .Concat([typeof(IModel).Assembly.Location, typeof(GpuProgram).Assembly.Location, typeof(ILGPU.Context).Assembly.Location,
                typeof(ILGPU.Algorithms.XMath).Assembly.Location])
            .Distinct()
            .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p)),
    ];

    private readonly CSharpCompilation _compilation;
    private readonly SyntaxTree _gpuTree;
    private readonly GpuDevice _device = GpuDevice.Open(GpuBackend.Cpu);

    public EmittedGpuModel(ModelGraphs graphs, bool forTensorCores = false)
    {
        Graphs = graphs;
        Text = GpuFile.Emit(ModelCompiler.LowerForGpu(graphs, new(ForTensorCores: forTensorCores)));
        if (Environment.GetEnvironmentVariable("MODELGEN_SHOW") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, graphs.Name + ".gpu.cs"), Text);
        var options = new CSharpParseOptions(LanguageVersion.CSharp12);
        _gpuTree = CSharpSyntaxTree.ParseText(GeneratedText.WithWarnings(Text), options);
        _compilation = CSharpCompilation.Create(
            graphs.Name + Guid.NewGuid().ToString("N"),
            [.. CpuFiles.Emit(ModelCompiler.Lower(graphs)).Select(f => CSharpSyntaxTree.ParseText(GeneratedText.WithWarnings(f.Text), options)),
                CSharpSyntaxTree.ParseText("public partial class " + graphs.Name + ";", options), _gpuTree],
            References,
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        using var stream = new MemoryStream();
        var result = _compilation.Emit(stream);
        Assert.True(result.Diagnostics.All(d => d.Severity < DiagnosticSeverity.Warning),
            string.Join("\n", result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Take(8).Select(Show)));
        stream.Position = 0;
        var assembly = new AssemblyLoadContext(graphs.Name, isCollectible: true).LoadFromStream(stream);
        Kernels = assembly.GetType($"{graphs.CompiledNamespace}.GpuKernels")!.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);
        Model = (IGpuModel)Activator.CreateInstance(assembly.GetType(graphs.Name)!)!;
        Session = new GpuSession<IGpuModel>(Model, _device);
    }

    public ModelGraphs Graphs { get; }

    /// <summary>The compiled kernels.</summary>
    public IReadOnlyList<MethodInfo> Kernels { get; }

    /// <summary>The file of the kernels.</summary>
    public string Text { get; }

    public IGpuModel Model { get; }

    public GpuSession<IGpuModel> Session { get; }

    /// <summary>What in the emitted kernels a device would refuse or get wrong.</summary>
    public IReadOnlyList<KernelViolation> Violations() => EmittedKernelRules.Check(_compilation, _gpuTree);

    public void Dispose()
    {
        Session.Dispose();
        _device.Dispose();
        ((IDisposable)Model).Dispose();
    }

    /// <summary>A batch of small numbers; the parameters are moved off their start, so that no bias is zero.</summary>
    public Batch Fill(int samples, int seed = 1)
    {
        var random = new Random(seed);
        var batch = new Batch(Model.Info, samples) { Count = samples };
        for (var i = 0; i < Model.Info.Inputs.Count; i++)
        {
            var spec = Model.Info.Inputs[i];
            if (spec.IsLabels)
                foreach (ref var label in batch.Ints(i)) label = random.Next(spec.Classes);
            else
                foreach (ref var x in batch.Floats(i)) x = (float)((random.NextDouble() * 2) - 1);
        }

        foreach (var spec in Model.Info.Parameters)
            foreach (ref var w in Model.Parameters[spec.Path].Values) w += (float)(random.NextDouble() - 0.5) * 0.2f;
        foreach (var spec in Model.Info.Buffers)
            foreach (ref var w in Model.Parameters[spec.Path].Values) w += (float)random.NextDouble() * 0.5f;
        Model.Parameters.MarkChanged();
        return batch;
    }

    /// <summary>Loss, gradients, buffers and predictions of the session against the double interpreter; twice, to the bit.</summary>
    public void MatchesInterpreter(int samples, double tolerance = 2e-5, uint stepSeed = 7)
    {
        using var batch = Fill(samples);
        var evaluation = Graphs.Evaluation;
        var reference = new Interpreter(evaluation, samples, Leaves(evaluation, batch));
        var expected = Outputs(evaluation, reference, samples);
        var output = new float[samples * Model.Info.OutputLength];
        Session.Predict(batch, output);
        Close("output", expected, output, tolerance);
        if (Graphs.Training.Loss < 0) return;
        Close("evaluation loss", reference[evaluation.Loss], [Session.Evaluate(batch, output)], tolerance);
        Close("output of Evaluate", expected, output, tolerance);

        var parameters = Graphs.Training.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter).Select(p => p.Id).ToList();
        var joint = ReverseMode.Apply(Graphs.Training, parameters);
        var training = new Interpreter(joint, samples, Leaves(joint, batch), stepSeed, (c, k) => Simd.Uniform(c, k));
        var start = Model.Parameters.Buffers.ToArray();
        var loss = Session.Backward(batch, stepSeed);
        Close("loss", training[joint.Loss], [loss], tolerance);
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

        var gradients = Model.Parameters.Gradients.ToArray();
        start.CopyTo(Model.Parameters.Buffers);
        Model.Parameters.MarkChanged();
        Assert.Equal(loss, Session.Backward(batch, stepSeed));
        Assert.Equal(gradients, Model.Parameters.Gradients.ToArray());
    }

    /// <summary>One training step on the device and one on the CPU, from the same weights, buffers, batch and seed.</summary>
    /// <returns>The relative difference of the losses, and the largest of the gradients relative to the largest gradient of each tensor.</returns>
    public (double Loss, double Gradients) DifferenceFromTheCpu(int samples, uint stepSeed = 7)
    {
        using var batch = Fill(samples);
        var start = Model.Parameters.Buffers.ToArray();
        double loss = Model.Backward(batch, stepSeed);
        var gradients = Model.Info.Parameters.Select(p => Model.Parameters[p.Path].Gradients.ToArray()).ToList();
        start.CopyTo(Model.Parameters.Buffers);
        Model.Parameters.MarkChanged();
        double onDevice = Session.Backward(batch, stepSeed);
        double worst = 0;
        for (var p = 0; p < gradients.Count; p++)
        {
            var device = Model.Parameters[Model.Info.Parameters[p].Path].Gradients;
            var scale = Math.Max(1e-6, gradients[p].Max(Math.Abs));
            for (var i = 0; i < device.Length; i++) worst = Math.Max(worst, Math.Abs(device[i] - gradients[p][i]) / scale);
        }

        return (Math.Abs(onDevice - loss) / Math.Abs(loss), worst);
    }

    // Row after row, the outputs of a row in sequence.
    private static double[] Outputs(Graph graph, Interpreter values, int samples) =>
        [.. Enumerable.Range(0, samples).SelectMany(row => graph.Outputs.SelectMany(o => values[o].Chunk(values[o].Length / samples).ElementAt(row)))];

    private Dictionary<int, double[]> Leaves(Graph graph, Batch batch)
    {
        var values = new Dictionary<int, double[]>();
        var input = 0;
        foreach (var leaf in graph.Nodes.OfType<LeafNode>())
        {
            var length = leaf.Shape.Length.At(batch.Count);
            if (leaf.Kind is LeafKind.Input) values[leaf.Id] = [.. batch.Floats(input++)[..length].ToArray()];
            else if (leaf.Kind is LeafKind.Labels) values[leaf.Id] = [.. batch.Ints(input++)[..length].ToArray()];
            else if (leaf.Kind is LeafKind.Parameter or LeafKind.Buffer) values[leaf.Id] = [.. Model.Parameters[leaf.Path].Values.ToArray()];
        }

        return values;
    }

    private void Close(string what, double[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1e-3, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * scale,
                string.Create(CultureInfo.InvariantCulture, $"{what}[{i}] of {Graphs.Name}: expected {expected[i]:G7}, got {actual[i]:G7} (scale {scale:G3})"));
        }
    }

    private string Show(Diagnostic diagnostic)
    {
        var line = diagnostic.Location.GetLineSpan().StartLinePosition.Line;
        return diagnostic + (diagnostic.Location.SourceTree is { } tree ? "\n    " + tree.GetText().Lines[line] : "");
    }
}
