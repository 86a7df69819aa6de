using ModelGen.Generator.Autodiff;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;
using ModelGen.Runtime;
using ModelGen.Tests.Frontend;
using ModelGen.Tests.Zoo;

namespace ModelGen.Tests.Emit;

public class JvpTests
{
    private const uint StepSeed = 7;

    private const string WithDropout = """
        [Model(Jvp = true)]
        public partial class Drops
        {
            readonly Layer fc1 = Linear(23), norm = BatchNorm1d(), drop = Dropout(0.4f), fc2 = Linear(3);

            public (Tensor, Tensor) Forward([Shape(11)] Tensor x, [Shape(3)] Tensor offset)
            {
                var hidden = drop(Tanh(norm(fc1(x))));
                return (fc2(hidden) + offset, hidden);
            }

            public Tensor Loss(Tensor y, Tensor hidden, [Shape(3)] Tensor target) => MseLoss(y, target) + Mean(hidden * hidden);
        }
        """;

    internal const string Frozen = " in evaluation mode";

    public static TheoryData<string> Names() => [.. EmitModels.All.Keys, "LeNet", "CharLstm", "Drops"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Jvp_AlongParameters_IsTheGradientTimesTheDirection(string name) => IsTheGradientTimesTheDirection(name);

    internal static void IsTheGradientTimesTheDirection(string name)
    {
        var emitted = Emitted(name);
        var model = (IJvpModel)emitted.Model;
        using var batch = emitted.Fill(ZooModels.Small.ContainsKey(name.Replace(Frozen, "", StringComparison.Ordinal)) ? 3 : 9, 5);
        model.Backward(batch, StepSeed);
        var direction = Direction(model.Info, 6);
        double expected = 0, size = 1e-3;
        foreach (var view in model.Parameters.Where(v => !v.IsBuffer))
            for (var i = 0; i < view.Length; i++)
            {
                var term = (double)view.Gradients[i] * direction[view.Spec.Offset + i];
                expected += term;
                size += Math.Abs(term);
            }

        // <v, J t> = <Jᵀ v, t> with v = 1: the loss is a number.
        var actual = model.Jvp(batch, null, direction, [], [], StepSeed);

        // Rounding grows through the fifty layers, each normalised over a few values.
        Assert.True(Math.Abs(actual - expected) <= (name.StartsWith("SmallResNet50", StringComparison.Ordinal) ? 1e-3 : 2e-5) * size,
            $"{name}: {actual} along the direction, {expected} from the gradient (terms of {size}).");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Jvp_AlongInputsAndParameters_MatchesInterpreter(string name)
    {
        var emitted = Emitted(name);
        var model = (IJvpModel)emitted.Model;
        const int samples = 6;
        using var batch = emitted.Fill(samples, 5);
        using var moving = new Batch(model.Info, samples) { Count = samples };
        var random = new Random(8);
        for (var i = 0; i < model.Info.Inputs.Count; i++)
            if (!model.Info.Inputs[i].IsLabels) foreach (ref var x in moving.Floats(i)) x = (float)(random.NextDouble() * 2 - 1);
        var direction = Direction(model.Info, 6);
        var buffers = model.Parameters.Buffers.ToArray();
        float[] output = new float[samples * model.Info.OutputLength], tangents = new float[output.Length];

        var loss = model.Jvp(batch, moving, direction, output, tangents, StepSeed);

        var graph = TangentGraph.Of(emitted.Graphs.Training);
        var leaves = emitted.Leaves(emitted.Graphs.Training, batch);
        var next = 0;
        foreach (var leaf in graph.Nodes.OfType<LeafNode>().Where(l => l.Id >= emitted.Graphs.Training.Nodes.Count))
        {
            if (leaf.Kind == LeafKind.Input)
            {
                while (model.Info.Inputs[next].IsLabels) next++;
                leaves[leaf.Id] = [.. moving.Floats(next++).ToArray()];
            }
            else leaves[leaf.Id] = [.. direction.AsSpan(model.Parameters[leaf.Path].Spec.Offset, model.Parameters[leaf.Path].Length).ToArray()];
        }
        var reference = new Interpreter(graph, samples, leaves, StepSeed, (c, k) => Simd.Uniform(c, k));
        var values = graph.Outputs.Select(o => reference[o]).ToList();
        var count = model.Info.Outputs.Count;
        double[] Rows(int from) =>
            [.. Enumerable.Range(0, samples)
                .SelectMany(n => Enumerable.Range(0, count)
                    .SelectMany(o => values[from + o].Skip(n * model.Info.Outputs[o].Length).Take(model.Info.Outputs[o].Length)))];
        double[] expected = [.. Rows(0), .. Rows(count), values[^1][0]];
        float[] actual = [.. output, .. tangents, loss];
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1e-2, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 3e-5 * scale, $"{name}[{i}]: expected {expected[i]:G7}, got {actual[i]:G7} (scale {scale:G3})");
        Assert.Equal(buffers, model.Parameters.Buffers.ToArray());
    }

    [Fact]
    public void Jvp_Warm_AllocatesNothing()
    {
        var emitted = Emitted("Drops");
        var model = (IJvpModel)emitted.Model;
        using var batch = emitted.Fill(9, 4);
        using var moving = emitted.Fill(9, 5);
        var direction = Direction(model.Info, 6);
        var output = new float[9 * model.Info.OutputLength];
        void Round()
        {
            model.Jvp(batch, moving, direction, output, output);
            model.Jvp(batch, null, [], [], output);
        }
        for (var i = 0; i < 3; i++) Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) Round();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Jvp_OfNoDirection_IsZero()
    {
        var emitted = Emitted("Drops");
        var model = (IJvpModel)emitted.Model;
        using var batch = emitted.Fill(5, 4);
        var tangents = Enumerable.Repeat(1f, 5 * model.Info.OutputLength).ToArray();

        Assert.Equal(0, model.Jvp(batch, null, [], [], tangents));
        Assert.All(tangents, t => Assert.Equal(0, t));
    }

    [Fact]
    public void Jvp_WrongSizes_AreNamed()
    {
        var emitted = Emitted("Drops");
        var model = (IJvpModel)emitted.Model;
        using var batch = emitted.Fill(5, 4);
        using var moving = emitted.Fill(4, 4);

        Assert.Contains("has 4 samples, the batch 5", Assert.Throws<ArgumentException>(() => model.Jvp(batch, moving, [], [], [])).Message,
            StringComparison.Ordinal);
        Assert.Contains("the span has 3", Assert.Throws<ArgumentException>(() => model.Jvp(batch, null, new float[3], [], [])).Message,
            StringComparison.Ordinal);
        Assert.Contains("the span has 2", Assert.Throws<ArgumentException>(() => model.Jvp(batch, null, [], [], new float[2])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_OfTheModelAttribute_ReachTheClass()
    {
        const string source = """
            [Model(Jvp = true, InEvaluationMode = true)]
            public partial class Frozen
            {
                readonly Layer norm = BatchNorm1d(), drop = Dropout(0.5f), fc = Linear(2);
                public Tensor Forward([Shape(4)] Tensor x) => fc(drop(norm(x)));
                public Tensor Loss(Tensor y, [Shape(2)] Tensor target) => MseLoss(y, target);
            }
            """;
        Driver.Run(Driver.Generate(Driver.Compile(source)), assembly =>
        {
            var model = (IJvpModel)Activator.CreateInstance(assembly.GetType("Frozen")!)!;
            using var batch = new Batch(model.Info, 3) { Count = 3 };
            batch.Floats(0).Fill(0.5f);
            var before = model.Parameters.Buffers.ToArray();
            var loss = model.Backward(batch, 1);
            Assert.Equal(model.Evaluate(batch, []), loss);
            Assert.Equal(before, model.Parameters.Buffers.ToArray());
            Assert.Equal((double)model.Parameters.Gradients.ToArray().Sum(g => g * g), model.Jvp(batch, null, model.Parameters.Gradients, [], []), 1e-5);
            return 0;
        });
    }

    private static float[] Direction(ModelInfo info, int seed)
    {
        var random = new Random(seed);
        var direction = new float[info.ParameterFloats];
        foreach (var spec in info.Parameters)
            for (var i = 0; i < spec.Length; i++) direction[spec.Offset + i] = (float)(random.NextDouble() * 2 - 1);
        return direction;
    }

    private static EmittedModel Emitted(string name)
    {
        if (EmitModels.All.TryGetValue(name, out var sketch)) return new(sketch(), jvp: true);
        var model = name.Replace(Frozen, "", StringComparison.Ordinal);
        var source = model switch { "LeNet" => Models.LeNet, "Drops" => WithDropout, _ => ZooModels.Small[model] };
        if (name != model)
            source = source.Replace(source.Contains("[Model]", StringComparison.Ordinal) ? "[Model]" : "[Model(Jvp = true)]",
                "[Model(InEvaluationMode = true)]", StringComparison.Ordinal);
        var result = Driver.Evaluate(source, model);
        return new(new("", model, result.Training!, result.Evaluation!), jvp: true);
    }
}
