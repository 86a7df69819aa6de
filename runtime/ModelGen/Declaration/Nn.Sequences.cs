// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

public static partial class Nn
{
    /// <summary>
    /// Creates a layer that computes h' = tanh(W_ih·x + b_ih + W_hh·h + b_hh), or the same with ReLU. Its parameters have PyTorch's names: <c>weight_ih_l0</c>,
    /// <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, <c>bias_hh_l0</c>, … and <c>_reverse</c>.
    /// </summary>
    /// <param name="hiddenSize">H, the size of the state.</param>
    /// <param name="layers">The number of layers that are stacked.</param>
    /// <param name="bidirectional">Whether a second direction reads the sequence from its end.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="dropout">The probability of zero between layers.</param>
    /// <param name="truncation">
    /// The steps after which gradients end: they do not pass from step k·truncation to the one before; 0: they pass through all steps.
    /// </param>
    /// <param name="nonlinearity">The nonlinearity: "tanh" or "relu".</param>
    /// <param name="init">How the weights start; uniform on ±1/√H unless given.</param>
    /// <remarks>
    /// Shapes: [N, T, I] → [N, T, directions·H] and the last h [N, layers·directions, H]. Source: Elman 1990; PyTorch's nn.RNN. Initial states are [N,
    /// layers·directions, hiddenSize]; zeros without them. Dropout acts between layers. Truncation k: gradients do not pass from step k·i to the one before.
    /// </remarks>
    public static RecurrentLayer Rnn(int hiddenSize, int layers = 1, bool bidirectional = false, bool bias = true, double dropout = 0, int truncation = 0,
        string nonlinearity = "tanh", Init? init = null) =>
        DeclareRecurrent("Rnn", ("hiddenSize", hiddenSize), ("layers", layers), ("bidirectional", bidirectional), ("bias", bias), ("dropout", dropout),
            ("truncation", truncation), ("nonlinearity", nonlinearity), ("init", init));

    /// <summary>
    /// Creates a layer that computes c' = f·c + i·g, h' = o·tanh c' with gates i, f, o = σ(…) and g = tanh(…). Its parameters are those of <see cref="Rnn"/>,
    /// with rows i, f, g, o.
    /// </summary>
    /// <param name="hiddenSize">H, the size of the state.</param>
    /// <param name="layers">The number of layers that are stacked.</param>
    /// <param name="bidirectional">Whether a second direction reads the sequence from its end.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="dropout">The probability of zero between layers.</param>
    /// <param name="truncation">
    /// The steps after which gradients end: they do not pass from step k·truncation to the one before; 0: they pass through all steps.
    /// </param>
    /// <param name="init">How the weights start; uniform on ±1/√H unless given.</param>
    /// <remarks>
    /// Formula: <c>c' = f·c + i·g, h' = o·tanh c'; i, f, o = σ and g = tanh of W_ih·x + b_ih + W_hh·h + b_hh</c>. Shapes: [N, T, I] → [N, T, directions·H], the
    /// last h and the last c [N, layers·directions, H]. Source: Hochreiter and Schmidhuber 1997, Gers et al. 2000; PyTorch's nn.LSTM. Rows of the weights: i,
    /// f, g, o. Initial states are [N, layers·directions, hiddenSize]; zeros without them. Dropout acts between layers. Truncation k: gradients do not pass
    /// from step k·i to the one before.
    /// </remarks>
    public static LstmLayer Lstm(int hiddenSize, int layers = 1, bool bidirectional = false, bool bias = true, double dropout = 0, int truncation = 0,
        Init? init = null) =>
        DeclareLstm("Lstm", ("hiddenSize", hiddenSize), ("layers", layers), ("bidirectional", bidirectional), ("bias", bias), ("dropout", dropout),
            ("truncation", truncation), ("init", init));

    /// <summary>
    /// Creates a layer that computes h' = (1 − z)·n + z·h with gates r, z = σ(…) and n = tanh(W_in·x + b_in + r·(W_hn·h + b_hn)). Its parameters are those of
    /// <see cref="Rnn"/>, with rows r, z, n.
    /// </summary>
    /// <param name="hiddenSize">H, the size of the state.</param>
    /// <param name="layers">The number of layers that are stacked.</param>
    /// <param name="bidirectional">Whether a second direction reads the sequence from its end.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="dropout">The probability of zero between layers.</param>
    /// <param name="truncation">
    /// The steps after which gradients end: they do not pass from step k·truncation to the one before; 0: they pass through all steps.
    /// </param>
    /// <param name="init">How the weights start; uniform on ±1/√H unless given.</param>
    /// <remarks>
    /// Formula: <c>h' = (1 - z)·n + z·h; r, z = σ(W_ih·x + b_ih + W_hh·h + b_hh), n = tanh(W_in·x + b_in + r·(W_hn·h + b_hn))</c>. Shapes: [N, T, I] → [N, T,
    /// directions·H] and the last h [N, layers·directions, H]. Source: Cho et al. 2014; PyTorch's nn.GRU. Rows of the weights: r, z, n. The reset gate
    /// multiplies after the matrix product. Initial states are [N, layers·directions, hiddenSize]; zeros without them. Dropout acts between layers. Truncation
    /// k: gradients do not pass from step k·i to the one before.
    /// </remarks>
    public static RecurrentLayer Gru(int hiddenSize, int layers = 1, bool bidirectional = false, bool bias = true, double dropout = 0, int truncation = 0,
        Init? init = null) =>
        DeclareRecurrent("Gru", ("hiddenSize", hiddenSize), ("layers", layers), ("bidirectional", bidirectional), ("bias", bias), ("dropout", dropout),
            ("truncation", truncation), ("init", init));

    /// <summary>Computes softmax(query·keyᵀ · scale)·value: f32[N,…,T,D], f32[N,…,S,D], f32[N,…,S,E] → f32[N,…,T,E].</summary>
    /// <param name="query">What asks, f32[N,…,T,D].</param>
    /// <param name="key">What is asked, f32[N,…,S,D].</param>
    /// <param name="value">What is answered, f32[N,…,S,E].</param>
    /// <param name="attnMask">What is added to the scores, −∞ where a query does not see a key; broadcasts to f32[N,…,T,S].</param>
    /// <param name="dropoutP">The probability with which a weight is dropped in training, in [0, 1).</param>
    /// <param name="isCausal">Whether query i sees keys j ≤ i only.</param>
    /// <param name="scale">The factor of the products; 1 / √D where null.</param>
    /// <param name="enableGqa">Whether key and value may have fewer heads (axis 1), each for several of the query's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="query"/>, <paramref name="key"/> or <paramref name="value"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>softmax(q·kᵀ / √d)·v</c>. Shapes: q [N, …, T, D], k [N, …, S, D], v [N, …, S, E] → [N, …, T, E]. Source: Vaswani et al. 2017, eq. 1. q and k
    /// agree in D, k and v in S, all in the leading axes. Causal: query i sees keys j ≤ i. The attnMask is added to the scores. A query that sees no key gives
    /// 0, and no gradient. A shorter form takes a mask that is 0 where a query does not see a key.
    /// </remarks>
    public static Tensor ScaledDotProductAttention(Tensor query, Tensor key, Tensor value, Tensor? attnMask = null, double dropoutP = 0, bool isCausal = false,
        double? scale = null, bool enableGqa = false) =>
        Tensor.Record("ScaledDotProductAttention", null, attnMask is null ? [query, key, value] : [query, key, value, attnMask], ("dropoutP", dropoutP),
            ("isCausal", isCausal), ("scale", scale), ("enableGqa", enableGqa));

    /// <summary>
    /// Creates self-attention, or attention to a memory, over several heads. Its parameters have PyTorch's names: <c>in_proj_weight</c> f32[3E,E],
    /// <c>in_proj_bias</c> f32[3E], <c>out_proj.weight</c>, <c>out_proj.bias</c>.
    /// </summary>
    /// <param name="heads">The number of heads; divides E.</param>
    /// <param name="causal">Whether step i sees steps j ≤ i only.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="init">
    /// How the weights start; as PyTorch's: <c>in_proj_weight</c> by Xavier's uniform, <c>out_proj.weight</c> by PyTorch's default unless given.
    /// </param>
    /// <param name="dropout">The probability with which a weight is dropped in training, in [0, 1).</param>
    /// <param name="kdim">The features of the memory; E where null.</param>
    /// <param name="vdim">The features of the value; E where null.</param>
    /// <param name="isCausal">The same as <paramref name="causal"/>, by PyTorch's name.</param>
    /// <remarks>
    /// Formula: <c>out_proj(concat over heads of softmax(q·kᵀ / √(E/heads))·v), where q, k, v = in_proj(x)</c>. Shapes: [N, T, E] → [N, T, E] and the weights
    /// [N, T, S], averaged over heads; in_proj_weight [3E, E], in_proj_bias [3E], out_proj.weight [E, E], out_proj.bias [E]. Source: Vaswani et al. 2017,
    /// section 3.2.2; PyTorch's layout. Heads divide E. With a memory [N, S, E] keys and values come from it. Rows of in_proj: query, key, value; head h has
    /// the features h·E/heads onwards.
    /// </remarks>
    public static AttentionLayer MultiheadAttention(int heads, bool causal = false, bool bias = true, Init? init = null, double dropout = 0, int? kdim = null,
        int? vdim = null, bool isCausal = false) =>
        DeclareAttention("MultiheadAttention", ("heads", heads), ("causal", causal), ("bias", bias), ("init", init), ("dropout", dropout), ("kdim", kdim),
            ("vdim", vdim), ("isCausal", isCausal));

    /// <summary>Computes x + P with P[t,2i] = sin(t / 10000^(2i/D)) and P[t,2i+1] = cos of the same, for f32[N,T,D].</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>x + P; P[t,2i] = sin(t / 10000^(2i/D)), P[t,2i+1] = cos of the same</c>. Shapes: [N, T, D] → same. Source: Vaswani et al. 2017, section 3.5.
    /// D is even.
    /// </remarks>
    public static Tensor SinusoidalPositions(Tensor x) => Tensor.Record("SinusoidalPositions", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="SinusoidalPositions(Tensor)"/>.</summary>
    public static Layer SinusoidalPositions() => x => SinusoidalPositions(x);

    /// <summary>Creates a layer that computes x + weight[:T] for f32[N,T,D]. Its parameter is <c>weight</c> f32[maxLength,D].</summary>
    /// <param name="maxLength">The most steps.</param>
    /// <param name="init">How the weight starts; normal with deviation 1 unless given.</param>
    /// <remarks>
    /// Formula: <c>y[n,t,d] = x[n,t,d] + weight[t,d]</c>. Shapes: [N, T, D] → same; weight [maxLength, D]. Source: Gehring et al. 2017. T is at most maxLength.
    /// </remarks>
    public static Layer LearnedPositions(int maxLength, Init? init = null) => Declare("LearnedPositions", ("maxLength", maxLength), ("init", init));

    /// <summary>Rotates pair i of the features at time t by the angle t·base^(−2i/D): f32[N,…,T,D].</summary>
    /// <param name="x">The input.</param>
    /// <param name="style">The pairs: "half" has features i and i + D/2, "interleaved" 2i and 2i + 1.</param>
    /// <param name="base">The base of the angles' geometric progression.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>rotates pair i of the features at time t by the angle t · base^(-2i/d)</c>. Shapes: [N, …, T, D] → same. Source: Su et al. 2021, eq. 34.
    /// Pairs: style "half" (i, i + D/2), "interleaved" (2i, 2i + 1). D is even.
    /// </remarks>
    public static Tensor Rotary(Tensor x, string style = "half", double @base = 10000) => Tensor.Record("Rotary", null, [x], ("style", style), ("base", @base));
}
