namespace ModelGen.Benchmarks.Models;

/// <summary>[M,512] · [512,512].</summary>
[Model, Input(512), Linear(512, Bias = false)]
public partial class Gemm512x512;
