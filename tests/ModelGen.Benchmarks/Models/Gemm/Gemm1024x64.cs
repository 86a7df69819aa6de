namespace ModelGen.Benchmarks.Models;

/// <summary>[M,1024] · [1024,64].</summary>
[Model, Input(1024), Linear(64, Bias = false)]
public partial class Gemm1024x64;
