namespace ModelGen.Benchmarks.Models;

/// <summary>[M,64] · [64,64].</summary>
[Model, Input(64), Linear(64, Bias = false)]
public partial class Gemm64x64;
