namespace ModelGen.Benchmarks.Models;

/// <summary>[M,1024] · [1024,1024].</summary>
[Model, Input(1024), Linear(1024, Bias = false)]
public partial class Gemm1024x1024;
