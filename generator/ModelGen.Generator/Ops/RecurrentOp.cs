using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>A recurrent layer over a sequence [N, T, I]: stacked layers, one or two directions, backpropagation through time.</summary>
/// <remarks>The cell is in the graph once, over all steps; the product with the input is done for all steps at once, before them.</remarks>
internal abstract class RecurrentOp : Op
{
    public override bool IsLayer => true;

    public override string ReturnType => "RecurrentLayer";

    public override IReadOnlyList<OpParameter> Parameters => new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("hiddenSize", "H, the size of the state"),
        OpParameter.Integer("layers", "the number of layers that are stacked", 1),
        OpParameter.Boolean("bidirectional", "whether a second direction reads the sequence from its end", false),
        OpParameter.Boolean("bias", "whether there are biases", true),
        OpParameter.Real("dropout", "the probability of zero between layers", 0),
        OpParameter.Integer("truncation",
            "the steps after which gradients end: they do not pass from step k·truncation to the one before; 0: they pass through all steps", 0),
    }.Concat(Constants).Append(OpParameter.OptionalInit("init", "how the weights start", "uniform on ±1/√H"))
        .Concat(States.Select(state => OpParameter.OptionalTensor(state, "the state before the first step; zeros where null"))).ToArray();

    /// <summary>The parameters that this kind of layer has besides those of all.</summary>
    protected virtual IReadOnlyList<OpParameter> Constants => Array.Empty<OpParameter>();

    /// <summary>Rows of the weights for each hidden unit.</summary>
    protected abstract int Gates { get; }

    /// <summary>The names of the initial states, the output first.</summary>
    protected virtual IReadOnlyList<string> States => new[] { "h0" };

    /// <summary>The cell: the states after a step from those before, the output first.</summary>
    protected abstract Node[] Step(RecurrentStep step);

    protected const string Constraints = "Initial states are [N, layers·directions, hiddenSize]; zeros without them. "
        + "Dropout acts between layers. Truncation k: gradients do not pass from step k·i to the one before.";

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.TensorOfRank("x", 3, "a sequence of vectors [N,T,I]", call.Tensor("x").Shape.Rank == 2 ? "; the time axis is missing" : "");
        x = call.Builder.NameAxes(x, "n", "t", "i");
        int hidden = call.Positive("hiddenSize"), layers = call.Positive("layers"), directions = call.Boolean("bidirectional") ? 2 : 1;
        if (call.Integer("truncation") < 0) throw call.Fail("MG2009", $"needs truncation of at least 0, got {call.Integer("truncation")}");
        var dropout = call.Probability("dropout");
        var b = call.Builder;
        var expected = Shape.Of(x.Shape[0], new Axis("l", call.Size((long)layers * directions, $"states of {layers}*{directions}")), Unit(hidden));
        // Zeros, or a parameter, are the state of each sample.
        var withoutBatch = Shape.Of(expected.Axes.Skip(1));
        foreach (var name in States)
            if (call.Has(name) && call.Tensor(name).Shape != expected && call.Tensor(name).Shape != withoutBatch)
                throw call.Fail("MG2001", $"needs {name} of shape {expected} (batch, layers*directions, hiddenSize), got {call.Tensor(name).Shape}");

        var final = States.Select(_ => new List<Node>()).ToArray();
        var sequence = x;
        for (var layer = 0; layer < layers; layer++)
        {
            if (layer > 0 && dropout > 0 && call.IsTraining) sequence = Dropout.Of(b, sequence, dropout);
            var outputs = new List<Node>();
            for (var direction = 0; direction < directions; direction++)
            {
                var (output, last) = Run(call, sequence, hidden, layer * directions + direction, $"_l{layer}" + (direction == 1 ? "_reverse" : ""),
                    direction == 1);
                outputs.Add(output);
                for (var s = 0; s < final.Length; s++) final[s].Add(b.Reshape(last[s], Shape.Of(x.Shape[0], new Axis("l", 1), Unit(hidden))));
            }
            sequence = Concat.Of(b, outputs, 2);
        }
        return new[] { sequence }.Concat(final.Select(states => Concat.Of(b, states, 1))).ToArray();
    }

    private (Node Output, Node[] Last) Run(OpCall call, Node x, int hidden, int index, string suffix, bool reverse)
    {
        var b = call.Builder;
        int rows = call.Size((long)Gates * hidden, $"rows of its weights of {Gates}*{hidden}"), time = x.Shape[1].Factor,
            truncation = call.Integer("truncation");
        // PyTorch draws all parameters uniformly from ±1/√hidden.
        var start = Initialization.TorchDefault(hidden);
        Axis row = new("g", rows);
        Shape ofInput = Shape.Of(row, x.Shape[2]), ofState = Shape.Of(row, Unit(hidden));
        var inputWeight = call.Parameter("weight_ih" + suffix, ofInput, call.Start("init", start, ofInput));
        var stateWeight = call.Parameter("weight_hh" + suffix, ofState, call.Start("init", start, ofState));
        Node? inputBias = null, stateBias = null;
        if (call.Boolean("bias"))
        {
            inputBias = call.Parameter("bias_ih" + suffix, Shape.Of(row), start);
            stateBias = call.Parameter("bias_hh" + suffix, Shape.Of(row), start);
        }
        var inputs = Linear.Product(b, x, inputWeight, new(Role.Product, Word: inputBias is null ? "input" : "inputSum"));
        if (inputBias is not null) inputs = b.Map(Purpose.Part("input"), t => t[0] + t[1], inputs, inputBias);
        var states = States.Select(name => call.Has(name) ? Initial(b, call.Tensor(name), index, x.Shape[0]) : null).ToArray();
        // Gradients do not pass from a stretch of steps to the one before.
        var stretch = truncation > 0 ? truncation : time;
        var outputs = new List<Node>();
        for (var done = 0; done < time; done += stretch)
        {
            var steps = System.Math.Min(stretch, time - done);
            var first = reverse ? time - done - steps : done;
            var own = steps == time ? inputs : Slice.Of(b, inputs, 1, first, steps, purpose: Purpose.Part("stretch"));
            var (output, last) = Steps(call, own, states, stateWeight, stateBias, hidden, reverse);
            outputs.Insert(reverse ? 0 : outputs.Count, output);
            states = last.Select(s => (Node?)(done + steps < time ? b.Map(Purpose.State("held"), v => Expr.StopGradient(v[0]), s) : s)).ToArray();
        }
        return (Concat.Of(b, outputs, 1), states.Select(s => s!).ToArray());
    }

    // One recurrence: each state [N, T, H] from the states one step before.
    private (Node Output, IEnumerable<Node> Last) Steps(OpCall call, Node inputs, IReadOnlyList<Node?> initial, Node stateWeight, Node? stateBias, int hidden,
        bool reverse)
    {
        var b = call.Builder;
        var shape = Shape.Of(inputs.Shape[0], inputs.Shape[1], Unit(hidden));
        // One step is no recurrence: the states before it are the initial ones.
        var isOne = inputs.Shape[1].IsOne;
        var before = initial.Select((s, k) => !isOne ? b.Previous(shape, 1, reverse, s, Purpose.State(States[k].TrimEnd('0') + "Before"))
            : s is not null ? b.Reshape(s, shape) : b.Compute(shape, new Axis[0], Combine.None, Expr.Zero, Purpose.State("zero"))).ToArray();
        var products = Linear.Product(b, before[0], stateWeight, new(Role.Product, Word: stateBias is null ? "state" : "stateSum"));
        if (stateBias is not null) products = b.Map(Purpose.Part("state"), t => t[0] + t[1], products, stateBias);
        var after = Step(new RecurrentStep(call, inputs, products, before, hidden));
        for (var s = 0; s < before.Length; s++)
            if (before[s] is PreviousNode previous) b.Close(previous, after[s]);
        return (after[0], after.Select(s => b.At(s, 1, reverse ? 0 : inputs.Shape[1].Factor - 1)).ToList());
    }

    private static Axis Unit(int hidden) => new("u", hidden);

    private static Node Initial(GraphBuilder b, Node states, int index, Axis batch) =>
        b.Compute(Shape.Of(batch, states.Shape[states.Shape.Rank - 1]), new Axis[0], Combine.None, v =>
            GraphBuilder.Load(states, (states.Shape.Rank == 3 ? new[] { v[0] }
                : new AffineIndex[0]).Append(AffineIndex.Constant(2, index)).Append(v[1]).ToArray()));
}
