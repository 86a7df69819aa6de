using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>One application of an op: its operands and constants, and the builder to append to.</summary>
internal sealed class OpCall
{
    private readonly IReadOnlyDictionary<string, object?> _arguments;
    private readonly Func<string, Shape, LeafKind, Initialization, LeafNode> _leaf;

    /// <param name="arguments">By parameter name: <see cref="Node"/> (tensors, labels), Node[] (tensor lists), int, int[], double, double[], bool, string;
    /// sizes as int or int[]. Omitted ones get their default.</param>
    /// <param name="label">How messages name this call: <c>Linear 'fc1'</c> or <c>MaxPool2d</c>.</param>
    /// <param name="leaf">Gives the layer's parameter or buffer of a name, the same one at each call of the layer.</param>
    public OpCall(Op op, GraphBuilder builder, IReadOnlyDictionary<string, object?> arguments, string label, bool training,
        Func<string, Shape, LeafKind, Initialization, LeafNode> leaf, Action<OpWarning> warn)
    {
        (Op, Builder, _arguments, Label, IsTraining, _leaf, Warn) = (op, builder, arguments, label, training, leaf, warn);
    }

    public Op Op { get; }

    public GraphBuilder Builder { get; }

    public string Label { get; }

    /// <summary>True while building the graph that trains: dropout drops, batch norm uses the batch's statistics.</summary>
    public bool IsTraining { get; }

    public Action<OpWarning> Warn { get; }

    public Node Tensor(string name) => (Node)_arguments[name]!;

    public bool IsTensor(string name) => _arguments.TryGetValue(name, out var v) && v is Node;

    public bool Has(string name) => _arguments.TryGetValue(name, out var v) && v is not null;

    public IReadOnlyList<Node> Tensors(string name) => (IReadOnlyList<Node>)_arguments[name]!;

    public int Integer(string name) => Convert.ToInt32(Value(name), CultureInfo.InvariantCulture);

    public double Real(string name) => Value(name) switch
    {
        float f => double.Parse(f.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        var v => Convert.ToDouble(v, CultureInfo.InvariantCulture),
    };

    public bool Boolean(string name) => (bool)Value(name)!;

    public string Text(string name) => (string)Value(name)!;

    public int[] Integers(string name) => Value(name) switch
    {
        int[] a => a,
        IEnumerable<object?> items => items.Select(i => Convert.ToInt32(i, CultureInfo.InvariantCulture)).ToArray(),
        var one => new[] { Convert.ToInt32(one, CultureInfo.InvariantCulture) },
    };

    public double[] Reals(string name) => Value(name) switch
    {
        double[] a => a,
        IEnumerable<object?> items => items.Select(i => Convert.ToDouble(i, CultureInfo.InvariantCulture)).ToArray(),
        var one => new[] { Convert.ToDouble(one, CultureInfo.InvariantCulture) },
    };

    /// <summary>A size for each of <paramref name="rank"/> spatial axes; one number stands for all. Null where the argument is absent.</summary>
    public int[]? Sizes(string name, int rank)
    {
        if (Value(name) is null) return null;
        var sizes = Integers(name);
        if (sizes.Length == 1) return Enumerable.Repeat(sizes[0], rank).ToArray();
        return sizes.Length == rank ? sizes : throw Fail("MG2009", $"'{name}' needs 1 or {rank} sizes, got {sizes.Length}");
    }

    /// <summary>How a parameter starts: as the argument says, or else as <paramref name="otherwise"/>.</summary>
    public Initialization Start(string name, Initialization otherwise, int fanIn, int fanOut) => Has(name) ? ((StartRule)Value(name)!).For(fanIn, fanOut)
        : otherwise;

    /// <summary>As <see cref="Start(string, Initialization, int, int)"/>, with PyTorch's fans of a weight: axis 1 and axis 0, times what is left.</summary>
    public Initialization Start(string name, Initialization otherwise, Shape weight)
    {
        int Without(int axis) => Lengths.Bounded(weight.Axes.Where((_, a) => a != axis).Select(a => (long)a.Factor).ToArray());
        return Start(name, otherwise, Without(0), Without(1));
    }

    /// <summary>How a bias starts: as the argument "biasInit" says, by the fans of its weight.</summary>
    /// <exception cref="OpException">MG2009: it draws a matrix.</exception>
    public Initialization BiasStart(Initialization otherwise, Shape weight) => Start("biasInit", otherwise, weight) is { Kind: not "Orthogonal" } start ? start
        : throw Fail("MG2009", "needs a biasInit that draws each number by itself; Orthogonal draws a matrix");

    /// <summary>The layer's parameter, created at its first call; of a layer that is called as a function, the tensor given for it.</summary>
    /// <exception cref="OpException">MG2001: the tensor given has another shape.</exception>
    public Node Parameter(string name, Shape shape, Initialization start) => Given(name) is not { } given ? _leaf(name, shape, LeafKind.Parameter, start)
        : given.Shape == shape ? given
        : throw Fail("MG2001", $"needs a {name} of shape {shape}, got {given.Shape}");

    /// <summary>The tensor that stands in place of a parameter where a layer is called as a function; null otherwise.</summary>
    public Node? Given(string parameter) => Op.IsLayer && IsTensor(parameter) && Op.Parameters.All(p => p.Name != parameter) ? Tensor(parameter) : null;

    /// <summary>True where the layer is called as a function: it has no parameters of its own.</summary>
    public bool IsFunctional { get; init; }

    /// <summary>Whether the layer has a parameter: where it is called as a function, whether one is given.</summary>
    /// <param name="argument">The constant that says so for a layer.</param>
    public bool HasParameter(string name, string argument) => IsFunctional ? Given(name) is not null : Boolean(argument);

    /// <summary>A size of a layer: an argument, or the size of an axis of the weight that is given.</summary>
    /// <exception cref="OpException">MG2002: the weight has another rank. MG2009: the argument is less than 1.</exception>
    public int SizeOfWeight(string argument, int axis, int rank) => WeightOfRank(rank) is { } weight ? weight.Shape[axis].Factor : Positive(argument);

    /// <summary>The weight that is given, if there is one.</summary>
    /// <exception cref="OpException">MG2002: it has another rank, or a batch axis.</exception>
    public Node? WeightOfRank(int rank) => Given("weight") is not { } weight ? null : weight.Shape.Rank == rank && !weight.Shape.IsPerSample ? weight
        : throw Fail("MG2002", $"expects a weight of {rank} axes without a batch axis, got {weight.Shape}");

    /// <summary>The layer's buffer: state without a gradient.</summary>
    public LeafNode Buffer(string name, Shape shape, Initialization start) => _leaf(name, shape, LeafKind.Buffer, start);

    /// <summary>The violated constraint as a diagnostic: "Linear 'fc1' " + message.</summary>
    public OpException Fail(string id, string message) => new(id, Label + " " + message);

    /// <summary>Fails where the operand has not one of the ranks (the batch axis counted).</summary>
    public Node TensorOfRank(string name, int rank, string expected, string advice = "")
    {
        var x = Tensor(name);
        return x.Shape.Rank == rank ? x : throw Fail("MG2002", $"expects {expected}, got {x.Shape}{advice}");
    }

    /// <summary>The argument as an axis of a tensor, counted from 0.</summary>
    /// <exception cref="OpException">MG2007.</exception>
    public int Axis(string name, Node x) => Axis(name, Integer(name), x.Shape);

    /// <summary>Axes of a tensor, counted from 0, in ascending order.</summary>
    /// <exception cref="OpException">MG2007: out of range, or twice.</exception>
    public int[] Axes(string name, Node x)
    {
        var axes = Integers(name).Select(a => Axis(name, a, x.Shape)).OrderBy(a => a).ToArray();
        return axes.Distinct().Count() == axes.Length ? axes
            : throw Fail("MG2007", $"names an axis twice in {name}: [{string.Join(",", Integers(name))}] of {x.Shape}");
    }

    private int Axis(string name, int axis, Shape shape) => axis >= -shape.Rank && axis < shape.Rank
        ? axis < 0 ? axis + shape.Rank : axis
        : throw Fail("MG2007", $"needs {name} in [{-shape.Rank}, {shape.Rank - 1}] for {shape}, got {axis}");

    /// <exception cref="OpException">MG2009.</exception>
    public int Positive(string name) => Integer(name) is var n and >= 1 ? n : throw Fail("MG2009", $"needs {name} of at least 1, got {Integer(name)}");

    /// <exception cref="OpException">MG2009.</exception>
    public double AtLeastZero(string name) => Real(name) is var v and >= 0 ? v : throw Fail("MG2009", $"needs {name} of at least 0, got {Number(Real(name))}");

    /// <exception cref="OpException">MG2009.</exception>
    public double Probability(string name) => Real(name) is var p and >= 0 and < 1 ? p
        : throw Fail("MG2009", $"needs {name} in [0, 1), got {Number(Real(name))}");

    /// <summary>A size that the op computes.</summary>
    /// <param name="what">What has it, and the arithmetic.</param>
    /// <exception cref="OpException">MG2014: it is beyond the limit.</exception>
    public int Size(long size, string what) => size <= Lengths.Most ? (int)size
        : throw Fail("MG2014", $"needs {what} = {Lengths.Text(size)}; at most {Lengths.Text(Lengths.Most)} are possible");

    /// <summary>A number as messages write it.</summary>
    public string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The name of the op that made a value; empty for inputs and parameters.</summary>
    public string Producer(Node x) => x is LeafNode ? "" : x.Origin.Op;

    /// <summary>True where a parameter of this path exists already.</summary>
    public bool HasParameter(string path) => Builder.HasParameter(path);

    /// <summary>Fails with MG2001 where two shapes do not broadcast.</summary>
    /// <param name="advice">The end of the message: what to do about it.</param>
    public void RequireBroadcast(Node x, Node y, Func<Shape, Shape, string>? advice = null)
    {
        if (GraphBuilder.Broadcast(x.Shape, y.Shape) is not null) return;
        var rank = Math.Min(x.Shape.Rank, y.Shape.Rank);
        for (var i = 1; i <= rank; i++)
        {
            Axis a = x.Shape[x.Shape.Rank - i], b = y.Shape[y.Shape.Rank - i];
            var isMisplaced = (a.PerSample || b.PerSample) && x.Shape.Rank != y.Shape.Rank;
            if (!isMisplaced && (a == b || a.IsOne || b.IsOne)) continue;
            var end = isMisplaced ? BatchAdvice(x.Shape, y.Shape) : advice?.Invoke(x.Shape, y.Shape);
            throw Fail("MG2001", $"needs shapes that agree or broadcast, got {x.Shape} and {y.Shape}: axis -{i} has {a} on the left and {b} on the right{end}");
        }
    }

    // Axes are aligned at the end, so the batch axis of the operand with fewer axes meets another one.
    private static string BatchAdvice(Shape x, Shape y)
    {
        var rank = Math.Max(x.Rank, y.Rank);
        var side = x.Rank < y.Rank ? "left" : "right";
        return $"; the batch axis has to stay first: give the {side} operand {rank} axes, with "
            + $"{(x.IsPerSample && y.IsPerSample ? "keepDims: true where it loses them, or with " : "")}Reshape";
    }

    private object? Value(string name) => _arguments.TryGetValue(name, out var v) && v is not null ? v : Op[name].Default;
}
