namespace ModelGen.Benchmarks.Models;

/// <summary>[M,128] · [128,128].</summary>
[Model, Input(128), Linear(128, Bias = false)]
public partial class Gemm128x128;
