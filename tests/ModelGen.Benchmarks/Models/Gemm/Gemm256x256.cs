namespace ModelGen.Benchmarks.Models;

/// <summary>[M,256] · [256,256].</summary>
[Model, Input(256), Linear(256, Bias = false)]
public partial class Gemm256x256;
