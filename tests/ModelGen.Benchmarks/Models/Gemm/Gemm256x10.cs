namespace ModelGen.Benchmarks.Models;

/// <summary>[M,256] · [256,10].</summary>
[Model, Input(256), Linear(10, Bias = false)]
public partial class Gemm256x10;
