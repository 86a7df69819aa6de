namespace ModelGen.Benchmarks.Models;

/// <summary>[M,784] · [784,256].</summary>
[Model, Input(784), Linear(256, Bias = false)]
public partial class Gemm784x256;
