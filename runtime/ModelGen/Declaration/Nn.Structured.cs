namespace ModelGen;

public static partial class Nn
{
    /// <summary>
    /// Creates a layer that computes h' = tanh(W_ih·x + b_ih + W_hh·h + b_hh), or the same with ReLU. Its parameters have PyTorch's names: <c>weight_ih_l0</c>,
    /// <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, <c>bias_hh_l0</c>, … and <c>_reverse</c>.
    /// </summary>
    /// <param name="hiddenSize">H, the size of the state.</param>
    /// <param name="layers">How many layers are stacked.</param>
    /// <param name="bidirectional">Whether a second direction reads the sequence from its end.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="dropout">The probability of zero between layers.</param>
    /// <param name="truncation">Gradients do not pass from step k·truncation to the one before; 0: they pass through all steps.</param>
    /// <param name="nonlinearity">"tanh" or "relu".</param>
    /// <param name="init">How the weights start; uniform on ±1/√H unless given.</param>
    public static RecurrentLayer Rnn(
        int hiddenSize, int layers = 1, bool bidirectional = false, bool bias = true, float dropout = 0, int truncation = 0, string nonlinearity = "tanh",
        Init? init = null) =>
        Recurrent(
            "Rnn", ("hiddenSize", hiddenSize), ("layers", layers), ("bidirectional", bidirectional), ("bias", bias), ("dropout", dropout),
            ("truncation", truncation), ("nonlinearity", nonlinearity), ("init", init));

    /// <summary>
    /// Creates a layer that computes h' = (1 − z)·n + z·h with gates r, z = σ(…) and n = tanh(W_in·x + b_in + r·(W_hn·h + b_hn)). Its parameters are those of
    /// <see cref="Rnn"/>, with rows r, z, n.
    /// </summary>
    /// <param name="hiddenSize">H, the size of the state.</param>
    /// <param name="layers">How many layers are stacked.</param>
    /// <param name="bidirectional">Whether a second direction reads the sequence from its end.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="dropout">The probability of zero between layers.</param>
    /// <param name="truncation">Gradients do not pass from step k·truncation to the one before; 0: they pass through all steps.</param>
    /// <param name="init">How the weights start; uniform on ±1/√H unless given.</param>
    public static RecurrentLayer Gru(int hiddenSize, int layers = 1, bool bidirectional = false, bool bias = true, float dropout = 0, int truncation = 0,
        Init? init = null) =>
        Recurrent(
            "Gru", ("hiddenSize", hiddenSize), ("layers", layers), ("bidirectional", bidirectional), ("bias", bias), ("dropout", dropout),
            ("truncation", truncation), ("init", init));

    /// <summary>
    /// Creates a layer that computes c' = f·c + i·g, h' = o·tanh c' with gates i, f, o = σ(…) and g = tanh(…). Its parameters are those of <see cref="Rnn"/>,
    /// with rows i, f, g, o.
    /// </summary>
    /// <param name="hiddenSize">H, the size of the state.</param>
    /// <param name="layers">How many layers are stacked.</param>
    /// <param name="bidirectional">Whether a second direction reads the sequence from its end.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="dropout">The probability of zero between layers.</param>
    /// <param name="truncation">Gradients do not pass from step k·truncation to the one before; 0: they pass through all steps.</param>
    /// <param name="init">How the weights start; uniform on ±1/√H unless given.</param>
    public static LstmLayer Lstm(int hiddenSize, int layers = 1, bool bidirectional = false, bool bias = true, float dropout = 0, int truncation = 0,
        Init? init = null)
    {
        var identity = Identity(
            "Lstm", ("hiddenSize", hiddenSize), ("layers", layers), ("bidirectional", bidirectional), ("bias", bias), ("dropout", dropout),
            ("truncation", truncation), ("init", init));
        return (x, h0, c0) =>
        {
            var results = Results(identity, 3, x, h0, c0);
            return (results[0], results[1], results[2]);
        };
    }

    /// <summary>
    /// Creates self-attention, or attention to a memory, over several heads. Its parameters have PyTorch's names: <c>in_proj_weight</c> f32[3E,E],
    /// <c>in_proj_bias</c> f32[3E], <c>out_proj.weight</c>, <c>out_proj.bias</c>.
    /// </summary>
    /// <param name="heads">The number of heads; divides E.</param>
    /// <param name="causal">Whether step i sees steps j ≤ i only.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="init">How the weights start; as PyTorch's: <c>in_proj_weight</c> by Xavier's uniform, <c>out_proj.weight</c> by PyTorch's default unless
    /// given.</param>
    public static AttentionLayer MultiheadAttention(int heads, bool causal = false, bool bias = true, Init? init = null)
    {
        var identity = Identity("MultiheadAttention", ("heads", heads), ("causal", causal), ("bias", bias), ("init", init));
        return (x, memory) =>
        {
            var results = Results(identity, 2, x, memory);
            return (results[0], results[1]);
        };
    }

    /// <summary>Creates a layer that returns row x of a table: i32[N,…] → f32[N,…,dimensions]. Its parameter is <c>weight</c> f32[count,dimensions].</summary>
    /// <param name="count">The number of rows; indices are below it.</param>
    /// <param name="dimensions">The length of a row.</param>
    /// <param name="paddingIdx">A row that starts as zeros, whatever <paramref name="init"/> says, and is not trained.</param>
    /// <param name="init">How the weight starts; normal with deviation 1 unless given.</param>
    public static EmbeddingLayer Embedding(int count, int dimensions, int? paddingIdx = null, Init? init = null)
    {
        var identity = Identity("Embedding", ("count", count), ("dimensions", dimensions), ("paddingIdx", paddingIdx), ("init", init));
        return x => Tensor.Record(identity.Kind, identity, [x.Node]);
    }

    /// <summary>
    /// Returns rows of a table that is a <see cref="Parameter(int[])"/> of its own, so that others can share it: f32[count,D], i32[N,…] → f32[N,…,D].
    /// </summary>
    /// <param name="x">The table.</param>
    /// <param name="index">The rows to look up; below count.</param>
    public static Tensor Take(Tensor x, Labels index) => Tensor.Record("Take", null, [x, index.Node]);

    /// <summary>Splits x along an axis into consecutive parts, whose sizes add up to it.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="sizes">The size of each part.</param>
    public static Tensor[] Split(Tensor x, int axis, params int[] sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        var call = Tensor.Record("Split", null, [x], ("axis", axis), ("sizes", sizes));
        return [.. Enumerable.Range(0, sizes.Length).Select(i => Result(call, i))];
    }

    private static RecurrentLayer Recurrent(string kind, params (string Name, object? Value)[] arguments)
    {
        var identity = Identity(kind, arguments);
        return (x, h0) =>
        {
            var results = Results(identity, 2, x, h0);
            return (results[0], results[1]);
        };
    }

    private static LayerIdentity Identity(string kind, params (string Name, object? Value)[] arguments) => new(kind, Tensor.ByName(arguments));

    // A call with several results is one node of the trace; each result is a node "Result" of it with its number.
    private static Tensor[] Results(LayerIdentity layer, int count, params Tensor?[] operands)
    {
        var call = Tensor.Record(layer.Kind, layer, [.. operands.OfType<Tensor>()]);
        return [.. Enumerable.Range(0, count).Select(i => Result(call, i))];
    }

    private static Tensor Result(Tensor call, int index) => Tensor.Record("Result", null, [call], ("index", index));
}
