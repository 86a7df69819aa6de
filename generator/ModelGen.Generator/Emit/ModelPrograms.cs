using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Autodiff;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit;

/// <summary>The programs of a model: what both emitters print.</summary>
internal sealed class ModelPrograms
{
    private readonly Func<ModelPrograms> _direct;

    /// <param name="jvp">Whether there is a program of directional derivatives.</param>
    /// <param name="winogradPoints">See <see cref="TileConvolutions.Apply"/>.</param>
    /// <param name="check">Whether there is a program to check gradients against.</param>
    /// <param name="forCaches">Whether to lay values out for the caches of a CPU, and to keep what a prediction needs of the parameters alone.</param>
    public ModelPrograms(ModelGraphs graphs, bool jvp = false, bool check = false, int winogradPoints = WinogradMatrices.MostPoints, bool forCaches = true)
    {
        var declared = graphs.Training;
        var given = graphs;
        _direct = () => new ModelPrograms(given, jvp, check, 0, forCaches: false);
        Graph Prepared(Graph graph) => FoldGathers.Apply(RepeatOutputs.Apply(graph));
        graphs = graphs with { Training = Prepared(graphs.Training), Evaluation = Prepared(graphs.Evaluation) };
        Graphs = graphs;
        Layout = new ModelLayout(graphs.Training.Nodes.Concat(graphs.Evaluation.Nodes).OfType<LeafNode>());
        // A prediction is as a rule for one sample, where weights that are four times as long cost more than they save.
        PassOptions training = new(WinogradPoints: winogradPoints, SpreadsRows: forCaches, PadsOperands: forCaches, OrdersOperands: !forCaches), prediction = training with { TypicalBatch = 1, Derives = forCaches };
        var evaluation = graphs.Evaluation;
        Infer = Pipeline.Run(evaluation with { Loss = -1, Updates = EquatableArray<BufferUpdate>.Empty }, Layout, prediction);
        if (jvp) Tangent = Pipeline.Run(TangentGraph.Of(graphs.Training), Layout, training);
        if (check)
        {
            var loss = OwnStates.Apply(EliminateDeadNodes.Apply(declared with { Outputs = EquatableArray<int>.Empty, Updates = EquatableArray<BufferUpdate>.Empty }));
            var (held, copies) = HoldConstants.Apply(loss);
            Verifier.Check(held, nameof(HoldConstants));
            Check = (Pipeline.Plain(held, Layout), copies);
        }
        if (graphs.Training.Loss < 0) return;
        LossFormula = SplitLoss.Apply(graphs.Training, evaluation);
        Score = Pipeline.Run(LossFormula.Evaluation with { Updates = EquatableArray<BufferUpdate>.Empty }, Layout, training);
        var parameters = graphs.Training.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter).Select(l => l.Id).ToList();
        Joint = ReverseMode.Apply(LossFormula.Training with { Outputs = EquatableArray<int>.Empty }, parameters);
        Train = Pipeline.Run(Joint, Layout, training);
    }

    /// <summary>The same programs with every product of the definition and everything computed in each call: what a GPU runs, where transforms cost more than they save.</summary>
    public ModelPrograms Direct() => _direct();

    public ModelGraphs Graphs { get; }

    public ModelLayout Layout { get; }

    /// <summary>Forward in evaluation mode.</summary>
    public Program Infer { get; }

    /// <summary>Forward and loss in evaluation mode; null without a loss.</summary>
    public Program? Score { get; }

    /// <summary>The joint graph before the passes.</summary>
    public Graph? Joint { get; }

    /// <summary>Forward, loss and backward in training mode; null without a loss.</summary>
    public Program? Train { get; }

    /// <summary>What the loss of a whole set is computed from; null without a loss.</summary>
    public LossFormula? LossFormula { get; }

    /// <summary>Forward in training mode with directional derivatives; null where the model does not ask for them.</summary>
    public Program? Tangent { get; }

    /// <summary>The loss in training mode without any pass, and the numbers of the values that stay as they are while parameters move; null where
    /// the model does not ask for it.</summary>
    public (Program Program, IReadOnlyCollection<int> Held)? Check { get; }

    public IEnumerable<Program> All => new[] { Train, Score, Infer, Tangent }.Where(p => p is not null).Select(p => p!);
}
