namespace ModelGen.Benchmarks.Models;

/// <summary>[M,768] · [768,3072].</summary>
[Model, Input(768), Linear(3072, Bias = false)]
public partial class Gemm768x3072;
