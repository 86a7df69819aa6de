using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Autodiff;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Emit.Gpu;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Compile;

/// <summary>The driver: from the graphs of a model to its files. Graphs are differentiated, each runs through the <see cref="Pipeline"/> to an order of kernel
/// calls, how each
/// kernel is computed is decided over all of them, memory is planned, and the emitters print.</summary>
internal static class ModelCompiler
{
    /// <summary>The generated files of a model: those for the CPU, one for ILGPU where the compilation can see it, and one to check gradients where the model
    /// asks for it.</summary>
    public static IReadOnlyList<GeneratedFile> Files(ModelGraphs graphs, CompileOptions options)
    {
        var log = options.ShowsPasses ? new PassLog(graphs.Name) : null;
        var model = Lower(graphs, options, log);
        var files = CpuFiles.Emit(model, options.IsChecked).ToList();
        if (options.Gpu) files.Add(new(FileNames.Gpu, GpuFile.Emit(LowerForGpu(graphs, options), options.IsChecked)));
        if (options.GradientCheck) files.Add(new(FileNames.Check, CheckFile.Emit(model, options.IsChecked)));
        if (log is not null)
        {
            foreach (var (name, program) in new[] { ("Training step", model.Train), ("Score", model.Score), ("Prediction", model.Infer),
                ("Directional derivatives", model.Tangent) })
                if (program is not null) log.Add(name, program, model);
            files.Add(new(FileNames.Passes, log.ToString()));
        }
        return files;
    }

    /// <summary>The programs of a model for the CPU.</summary>
    public static LoweredModel Lower(ModelGraphs graphs, CompileOptions? options = null, PassLog? log = null)
    {
        options ??= new();
        var training = new PassOptions(CpuFamily.X64, WinogradPoints: options.WinogradPoints, SpreadsRows: true);
        // A prediction is as a rule for one sample, where weights that are four times as long cost more than they save.
        return Lower(graphs, options, training, training with { TypicalBatch = 1, Derives = true }, forCpu: true, log);
    }

    /// <summary>The same programs with every product of the definition and everything computed in each call: what a GPU runs, where transforms cost more than
    /// they save.</summary>
    public static LoweredModel LowerForGpu(ModelGraphs graphs, CompileOptions? options = null)
    {
        var training = new PassOptions(CpuFamily.X64, WinogradPoints: 0, PadsOperands: false, OrdersOperands: true);
        options ??= new();
        var model = Lower(graphs, options, training, training with { TypicalBatch = 1 }, forCpu: false, null);
        return model with { Gpu = new GpuLowering(GpuTarget.Large, model.All.ToList(), options.ForTensorCores) };
    }

    private static LoweredModel Lower(ModelGraphs graphs, CompileOptions options, PassOptions training, PassOptions prediction, bool forCpu, PassLog? log)
    {
        graphs = graphs with { Training = UnnamedValues.Name(graphs.Training), Evaluation = UnnamedValues.Name(graphs.Evaluation) };
        var declared = graphs.Training;
        graphs = graphs with
        {
            Training = Pipeline.Prepare(graphs.Training, training, log, "Training mode, before differentiation"),
            Evaluation = Pipeline.Prepare(graphs.Evaluation, prediction, log, "Evaluation mode, before differentiation"),
        };
        var layout = new ModelLayout(graphs.Training.Nodes.Concat(graphs.Evaluation.Nodes).OfType<LeafNode>());

        var infer = Pipeline.Order(graphs.Evaluation with { Loss = -1, Updates = EquatableArray<BufferUpdate>.Empty }, prediction, log, "Prediction");
        var tangent = options.Jvp ? Pipeline.Order(TangentGraph.Of(graphs.Training), training, log, "Directional derivatives") : null;
        OrderedGraph? score = null, train = null;
        LossFormula? formula = null;
        Graph? joint = null;
        if (graphs.Training.Loss >= 0)
        {
            formula = SplitLoss.Apply(graphs.Training, graphs.Evaluation);
            score = Pipeline.Order(formula.Evaluation with { Updates = EquatableArray<BufferUpdate>.Empty }, training, log, "Score: prediction and loss");
            var parameters = graphs.Training.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter).Select(l => l.Id).ToList();
            joint = ReverseMode.Apply(formula.Training with { Outputs = EquatableArray<int>.Empty }, parameters);
            train = Pipeline.Order(joint, training, log, "Training step: forward and backward");
        }

        var cpu = forCpu ? new CpuLowering(CpuFamily.X64, layout, new[] { train, score, infer, tangent }.OfType<OrderedGraph>()
            .Select(o => (o.Graph, o.Order))) : null;
        Program Placed(OrderedGraph ordered) => Pipeline.Place(ordered, layout, cpu);
        return new(graphs, layout, Placed(infer))
        {
            Tangent = tangent is null ? null : Placed(tangent),
            Check = options.GradientCheck && forCpu ? Checked(declared, layout) : null,
            Score = score is null ? null : Placed(score),
            Train = train is null ? null : Placed(train),
            Joint = joint,
            LossFormula = formula,
            Cpu = cpu,
        };
    }

    private static (Program Program, IReadOnlyCollection<int> Held) Checked(Graph declared, ModelLayout layout)
    {
        var loss = OwnStates.Apply(
            EliminateDeadNodes.Apply(declared with { Outputs = EquatableArray<int>.Empty, Updates = EquatableArray<BufferUpdate>.Empty }));
        var (held, copies) = HoldConstants.Apply(loss);
        Verifier.Check(held, nameof(HoldConstants));
        return (PlanWorkspace.Apply(held, FormKernels.OneForEach(held), layout, _ => false, share: false), copies);
    }
}
