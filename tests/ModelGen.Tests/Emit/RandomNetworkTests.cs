using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;

namespace ModelGen.Tests.Emit;

/// <summary>Networks put together at random, of random sizes: what is emitted computes what the interpreter does.</summary>
/// <remarks>Larger than the programs of <c>ModelGen.RandomPrograms</c>, and of few ops. A few seeds by default;
/// <c>MODELGEN_RANDOM_NETWORKS=100</c> tries as many.</remarks>
public class RandomNetworkTests
{
    public static TheoryData<int> Seeds() =>
        [.. Enumerable.Range(0, int.TryParse(Environment.GetEnvironmentVariable("MODELGEN_RANDOM_NETWORKS"), out var count) ? count : 6)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RandomNetwork_MatchesInterpreter(int seed)
    {
        var steps = new List<string>();
        var model = Network(seed, steps);
        try
        {
            var emitted = new EmittedModel(model);
            emitted.MatchesInterpreter(new Random(seed).Next(1, 8), seed, tolerance: 1e-4);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}: {string.Join(" → ", steps)}: {e.Message}", e);
        }
    }

    private static ModelGraphs Network(int seed, List<string> steps) => Sketch.Model("Random" + seed, s =>
    {
        // The same choices in training and evaluation mode.
        var random = new Random(seed);
        steps.Clear();
        var x = random.Next(3) switch
        {
            0 => s.Input("image", random.Next(1, 7), random.Next(5, 15), random.Next(5, 20)),
            1 => s.Input("sequence", random.Next(2, 9), random.Next(3, 40)),
            _ => s.Input("vector", random.Next(2, 70)),
        };
        steps.Add(x.Shape.ToString());
        var count = random.Next(3, 8);
        for (var i = 0; i < count; i++)
        {
            for (var attempt = 0; attempt < 20; attempt++)
            {
                try
                {
                    x = Step(s, x, random, i, steps);
                    break;
                }
                catch (OpException)
                {
                    // Sizes that do not fit: another step is drawn.
                }
            }
        }

        var y = s.Op("Linear", s.Op("Flatten", x), new { outFeatures = random.Next(1, 20) }, "last");
        if (random.Next(2) == 0) return ([y], s.Call("CrossEntropy", "", null, ("logits", y), ("labels", s.Labels("labels", y.Shape[1].Factor)))[0]);
        return ([y], s.Call("MseLoss", "", null, ("x", y), ("target", s.Input("target", y.Shape[1].Factor)))[0]);
    });

    private static Node Step(Sketch s, Node x, Random random, int i, List<string> steps)
    {
        string[] smooth = ["Sigmoid", "Tanh", "Gelu", "Softplus", "Silu", "Relu", "LeakyRelu", "Elu"];
        Node Done(string text, Node y)
        {
            steps.Add(text + " " + y.Shape);
            return y;
        }
        Node Activation(string? name = null)
        {
            name ??= smooth[random.Next(smooth.Length)];
            return Done(name, s.Op(name, x));
        }
        if (x.Shape.Rank == 4)
        {
            switch (random.Next(12))
            {
                case 11:
                    {
                        // The same memory twice: as it is, and with its last two axes turned.
                        var turned = s.Op("Permute", x, new { axes = new[] { 0, 1, 3, 2 } });
                        return Done("Turned",
                            s.Binary("Add", s.Op("Reshape", x, new { shape = turned.Shape.Axes.Skip(1).Select(a => a.Factor).ToArray() }), turned));
                    }
                case 0 or 1 or 2:
                    {
                        int channels = x.Shape[1].Factor,
                            groups = random.Next(3) == 0 ? Enumerable.Range(1, channels).Last(g => channels % g == 0 && random.Next(2) == 0 || g == 1) : 1;
                        var settings = new
                        {
                            outChannels = groups * (random.Next(4) == 0 ? random.Next(16, 40) : random.Next(1, 9)),
                            kernel = new[] { random.Next(1, 5), random.Next(1, 5) },
                            stride = new[] { random.Next(1, 3), random.Next(1, 4) },
                            padding = new[] { random.Next(0, 3), random.Next(0, 3) },
                            dilation = new[] { random.Next(1, 3), random.Next(1, 3) },
                            groups,
                            bias = random.Next(2) == 0,
                        };
                        return Done($"Conv2d {settings}", s.Op("Conv2d", x, settings, "conv" + i));
                    }
                case 3:
                    {
                        var kernel = random.Next(1, 4);
                        var settings = new { kernel, stride = random.Next(1, 4), padding = random.Next(0, kernel / 2 + 1) };
                        return Done($"MaxPool2d {settings}", s.Op("MaxPool2d", x, settings));
                    }
                case 4:
                    {
                        var kernel = random.Next(1, 4);
                        var settings = new
                        {
                            kernel,
                            stride = random.Next(1, 4),
                            padding = random.Next(0, kernel / 2 + 1),
                            countIncludePad = random.Next(2) == 0
                        };
                        return Done($"AvgPool2d {settings}", s.Op("AvgPool2d", x, settings));
                    }
                case 5: return Done("BatchNorm2d", s.Op("BatchNorm2d", x, null, "bn" + i));
                case 6: return Done("Concat", s.Call("Concat", "", new { axis = 1 }, ("xs", new[] { x, s.Op("Tanh", x) }))[0]);
                case 7: return Done("Residual", s.Binary(random.Next(2) == 0 ? "Add" : "Mul", x, s.Op("Sigmoid", x)));
                case 8: return Done("Dropout", s.Op("Dropout", x, new { p = 0.3 }));
                case 9: return Done("Flatten", s.Op("Flatten", x));
                default: return Activation();
            }
        }

        switch (random.Next(9))
        {
            case 0 or 1 or 2: return Done("Linear", s.Op("Linear", x, new { outFeatures = random.Next(1, 70), bias = random.Next(2) == 0 }, "fc" + i));
            case 3: return Done("Softmax", s.Op("Softmax", x, new { axis = x.Shape.Rank - 1 }));
            case 4: return Done("LayerNorm", s.Op("LayerNorm", x, null, "ln" + i));
            case 5 when x.Shape.Rank == 3: return Done("Transpose", s.Op("Transpose", x, new { axis1 = 1, axis2 = 2 }));
            case 6 when x.Shape.Rank == 3:
                return Done("Attention",
                    s.Call("ScaledDotProductAttention", "", new { causal = random.Next(2) == 0 }, ("query", x), ("key", s.Op("Tanh", x)), ("value", x))[0]);
            case 7:
                return Done("Twice",
                s.Binary("Sub", s.Op("Linear", x, new { outFeatures = 9 }, "a" + i), s.Op("Tanh", s.Op("Linear", x, new { outFeatures = 9 }, "b" + i))));
            default: return Activation();
        }
    }
}
