using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Programs;
using ModelGen.Tests.Compile;
using ModelGen.Tests.Emit;

namespace ModelGen.Tests.Programs;

/// <summary>Chains of element-wise functions go through memory once, and the passes that a model states are those of its calls.</summary>
public class MemoryTrafficTests
{
    // A convolution in front gives each chain a backward pass.
    private static readonly Dictionary<string, Func<Sketch, Node, Node>> Chains = new()
    {
        ["relu(x * x + x)"] = (s, x) => s.Op("Relu", s.Binary("Add", s.Binary("Mul", x, x), x)),
        ["gelu(tanh(gelu(sigmoid(x))))"] = (s, x) => s.Op("Gelu", s.Op("Tanh", s.Op("Gelu", s.Op("Sigmoid", x)))),
        ["relu(tanh(silu(x)) + x)"] = (s, x) => s.Op("Relu", s.Binary("Add", s.Op("Tanh", s.Op("Silu", x)), x)),
        ["dropout(tanh(x)) + x"] = (s, x) => s.Binary("Add", s.Op("Dropout", s.Op("Tanh", x), new { p = 0.25 }), x),
        ["relu(batchnorm(x) + x)"] = (s, x) => s.Op("Relu", s.Binary("Add", s.Op("BatchNorm2d", x, null, "bn"), x)),
        ["gelu(layernorm(x))"] = (s, x) => s.Op("Gelu", s.Op("LayerNorm", x, null, "ln")),
        ["relu(linear(x))"] = (s, x) => s.Op("Relu", s.Op("Linear", s.Op("Flatten", x), new { outFeatures = 30 }, "fc")),
        ["dropout(relu(conv(x) + x))"] = (s, x) =>
            s.Op("Dropout", s.Op("Relu", s.Binary("Add", s.Op("Conv2d", x, new { outChannels = 3, kernel = 1 }, "conv"), x)), new { p = 0.25 }),
    };

    public static TheoryData<string> ChainNames() => [.. Chains.Keys];

    public static TheoryData<string> ModelNames() => [.. EmitModels.All.Keys];

    [Theory]
    // The first convolution takes the whole chain along: it reads the input and writes the result.
    [InlineData("relu(x * x + x)", 1, 1, 4, 2)]
    [InlineData("gelu(tanh(gelu(sigmoid(x))))", 1, 1, 4, 2)]
    [InlineData("relu(tanh(silu(x)) + x)", 1, 1, 4, 2)]
    [InlineData("dropout(tanh(x)) + x", 1, 1, 4, 2)]
    [InlineData("relu(batchnorm(x) + x)", 1, 1, 5, 4)]
    // One call more, for the rows of the normalisation or the second product.
    [InlineData("gelu(layernorm(x))", 2, 2, 9, 6)]
    [InlineData("relu(linear(x))", 2, 2, 9, 4)]
    [InlineData("dropout(relu(conv(x) + x))", 2, 2, 9, 4)]
    public void Chain_GoesThroughMemoryOnce(string chain, int reads, int writes, int trainReads, int trainWrites)
    {
        var model = ModelCompiler.Lower(Chain(chain));

        Assert.Equal((reads, writes), Passes(model.Infer));
        Assert.Equal((trainReads, trainWrites), Passes(model.Train!));
    }

    [Theory]
    [MemberData(nameof(ChainNames))]
    public void Chain_HasNoCallThatAnotherCouldTakeAlong(string chain)
    {
        var model = ModelCompiler.Lower(Chain(chain));

        Assert.All(model.All, program => Assert.Empty(Detours(program, program.Calls.Where(c => IsMap(c) || c.Kernel.IsContraction))));
    }

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void Maps_OverTheSamePoints_AreOneCall(string name) =>
        Assert.All(ModelCompiler.Lower(EmitModels.All[name]()).All, program => Assert.Empty(Detours(program, program.Calls.Where(IsMap))));

    [Theory]
    [MemberData(nameof(ChainNames))]
    public void Chain_WithoutTheFusion_HasDetoursAndMorePasses(string chain)
    {
        // That the two tests above can fail.
        var model = ModelCompiler.Lower(Chain(chain));
        var plain = Compiled.Plain(model.Joint!);

        Assert.NotEmpty(Detours(plain, plain.Calls));
        Assert.True(MemoryTraffic.Of(plain).Passes > MemoryTraffic.Of(model.Train!).Passes);
    }

    [Fact]
    public void Views_OfOtherAxesInOneKernel_AreOneTensor()
    {
        // The gradient of the norm's groups and that of the root before them read one memory, as [N,2,1,2,2] and as [N,2,2,2].
        var graphs = Sketch.Model("Views", s =>
        {
            var y = s.Op("GroupNorm",
                s.Op("Sqrt",
                    s.Binary("Add", s.Op("Abs", s.Op("Conv2d", s.Input("x", 2, 2, 2), new { outChannels = 2, kernel = 1 }, "conv")), s.Input("e", 2, 2, 2))),
                new { groups = 2 }, "norm");
            return ([y], s.Op("Sum", y));
        });

        Assert.All(ModelCompiler.Lower(graphs).All, p => Assert.InRange(MemoryTraffic.Of(p).FloatsPerSample, 1, 1000));
    }

    [Fact]
    public void Floats_OfAPart_AreThosePassedOver()
    {
        var b = new GraphBuilder();
        var x = Leaf(b, "x", 10, 4);
        var part = b.Compute(Shape.Of(Axis.Batch, 3, 4), [], Combine.None, v => GraphBuilder.Load(x, v[0], v[1].Plus(AffineIndex.Constant(3, 5)), v[2]));

        Assert.Equal(new MemoryTraffic(1, 1, FloatsPerSample: 12 + 12, FloatsFixed: 0), Of(b.Build("Part", [part], null)));
    }

    [Fact]
    public void Floats_OfRowsReadSeveralTimes_CountOnce()
    {
        // The greatest value, the exponentials, their sum and the quotient are loops over one row: the exponentials wait in memory for their sum, and are
        // in the cache when they are read back.
        var model = ModelCompiler.Lower(Sketch.Model("Rows", s => ([s.Op("Softmax", s.Input("x", 7, 5))], null)));

        Assert.Equal(new MemoryTraffic(1, 2, FloatsPerSample: 35 + 35 + 35, FloatsFixed: 0), MemoryTraffic.Of(model.Infer));
    }

    [Fact]
    public void Floats_OfAValueWithoutBatch_AreFixed()
    {
        var b = new GraphBuilder();
        var x = Leaf(b, "x", 6);
        var sums = b.Compute(Shape.Of(6), new[] { Axis.Batch }, Combine.Sum, v => GraphBuilder.Load(x, v[1], v[0]));

        Assert.Equal(new MemoryTraffic(1, 1, FloatsPerSample: 6, FloatsFixed: 6), Of(b.Build("Sums", [sums], null)));
    }

    [Fact]
    public void Passes_OfARecurrence_CountOnceForAllSteps()
    {
        // h[t] = w · h[t - 1] + x[t] + c, from zeros: the first state is written, the states before and x and c are read,
        // the states are written and then copied.
        var b = new GraphBuilder();
        Node x = Leaf(b, "x", 4, 5), c = Leaf(b, "c", 5);
        var before = b.Previous(x.Shape, 1, fromEnd: false);
        var h = b.Compute(x.Shape, [], Combine.None, v => 2 * GraphBuilder.Load(before, v) + GraphBuilder.Load(x, v) + GraphBuilder.Load(c, v[0], v[2]));
        b.Close(before, h);

        Assert.Equal(new MemoryTraffic(3 + 1, 2 + 1, FloatsPerSample: 5 + 20 + 20 + 4 * 5 + 20 + 20 + 20, FloatsFixed: 0), Of(b.Build("Steps", [h], null)));
    }

    [Fact]
    public void Model_StatesThePassesOfItsTrainingStep()
    {
        var programs = ModelCompiler.Lower(EmitModels.Residual());
        var traffic = MemoryTraffic.Of(programs.Train!);
        var info = new EmittedModel(EmitModels.Residual()).Model.Info;

        Assert.Equal((traffic.Passes, 4 * traffic.FloatsPerSample), (info.MemoryPasses, info.MemoryBytesPerSample));
    }

    private static (int, int) Passes(Program program) => MemoryTraffic.Of(program) is var t ? (t.Reads, t.Writes) : default;

    private static MemoryTraffic Of(Graph graph) => MemoryTraffic.Of(Compiled.Of(graph));

    private static LeafNode Leaf(GraphBuilder b, string name, params int[] shape) =>
        b.Leaf(LeafKind.Input, new(ElementType.F32, Shape.Of(shape.Select(s => (Axis)s).Prepend(Axis.Batch))), name);

    private static ModelGraphs Chain(string name) => Sketch.Model("Chain", s =>
    {
        var y = Chains[name](s, s.Op("Conv2d", s.Input("x", 3, 4, 6), new { outChannels = 3, kernel = 1, bias = false }, "first"));
        return ([y], s.Call("Mean", "", null, ("x", y))[0]);
    });

    // Values that one of the calls writes only for a map over the same points, which could have computed them where it reads them. What puts the
    // initial state of a recurrence in place is a copy by design.
    private static IEnumerable<string> Detours(Program program, IEnumerable<KernelCall> writers)
    {
        var results = program.Graph.Results.Select(r => program.Graph.Source(r)).ToHashSet();
        foreach (var writer in writers)
        {
            foreach (var value in writer.Writes.Where(w => !results.Contains(w)))
            {
                var readers = program.Calls.Where(r => r.Reads.Any(n => program.Graph.Source(n) == value)).ToList();
                if (readers is [var reader] && reader != writer && IsMap(reader) && !IsInitial(program, reader) && reader.Kernel.Outer == writer.Kernel.Outer
                    && reader.Kernel.IsStepped == writer.Kernel.IsStepped
                    && IsReadAtItsPoint(reader, value) && !IsBetween(program, writer, reader))
                    yield return $"%{value} {program.Graph[value].Name} goes through memory for a map over the same points";
            }
        }
    }

    private static bool IsInitial(Program program, KernelCall call) => call.Nodes.All(n => program.Graph[n] is PreviousNode);

    private static bool IsMap(KernelCall call) => call.Kernel.Stages.All(s => s is LetStage or StoreStage { Inner.Count: 0 });

    private static bool IsReadAtItsPoint(KernelCall call, int node) =>
        call.Kernel.Stages.SelectMany(s => s.Expression.Loads()).Where(l => call.Arguments[l.Node] == node)
        .All(l => l.Index.Select((i, d) => i.AsVariable() == d).All(same => same));

    // Whether a third call needs the first and is needed by the last.
    private static bool IsBetween(Program program, KernelCall first, KernelCall last)
    {
        var own = first.Writes.Select(program.Storage.Owner).ToHashSet();
        var after = new HashSet<int>();
        foreach (var call in program.Calls.Where(c => c != first && c != last))
            if (call.Reads.Select(program.Storage.Owner).Any(r => own.Contains(r) || after.Contains(r)))
                after.UnionWith(call.Writes.Select(program.Storage.Owner));
        return last.Reads.Any(r => after.Contains(program.Storage.Owner(r)));
    }
}
