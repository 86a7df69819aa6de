namespace ModelGen;

public static partial class Nn
{
    /// <summary>Computes softmax(query·keyᵀ · scale)·value: f32[N,…,T,D], f32[N,…,S,D], f32[N,…,S,E] → f32[N,…,T,E].</summary>
    /// <param name="query">What asks, f32[N,…,T,D].</param>
    /// <param name="key">What is asked, f32[N,…,S,D].</param>
    /// <param name="value">What is answered, f32[N,…,S,E].</param>
    /// <param name="mask">Where it is 0 a query does not see a key; broadcasts to f32[N,…,T,S].</param>
    /// <param name="causal">Whether query i sees keys j ≤ i only.</param>
    /// <param name="scale">1 / √D where null.</param>
    public static Tensor ScaledDotProductAttention(Tensor query, Tensor key, Tensor value, Tensor? mask = null, bool causal = false, float? scale = null) =>
        Tensor.Record("ScaledDotProductAttention", null, mask is null ? [query, key, value] : [query, key, value, mask], ("causal", causal), ("scale", scale));

    /// <summary>Computes x + P with P[t,2i] = sin(t / 10000^(2i/D)) and P[t,2i+1] = cos of the same, for f32[N,T,D].</summary>
    public static Tensor SinusoidalPositions(Tensor x) => Tensor.Record("SinusoidalPositions", null, [x]);

    /// <summary>Rotates pair i of the features at time t by the angle t·base^(−2i/D): f32[N,…,T,D].</summary>
    /// <param name="x">The input.</param>
    /// <param name="style">"half" pairs features i and i + D/2, "interleaved" 2i and 2i + 1.</param>
    /// <param name="base">Of the angles' geometric progression.</param>
    public static Tensor Rotary(Tensor x, string style = "half", float @base = 10000) => Tensor.Record("Rotary", null, [x], ("style", style), ("base", @base));

    /// <summary>Creates a layer that computes x + weight[:T] for f32[N,T,D]. Its parameter is <c>weight</c> f32[maxLength,D].</summary>
    /// <param name="maxLength">The most steps.</param>
    /// <param name="init">How the weight starts; normal with deviation 1 unless given.</param>
    public static Layer LearnedPositions(int maxLength, Init? init = null) =>
        Declare("LearnedPositions", ("maxLength", maxLength), ("init", init));
}
