namespace ModelGen;

/// <summary>In what precision a GPU multiplies in large products and convolutions.</summary>
/// <remarks>
/// NVIDIA's tensor cores, from compute capability 8.0 on, multiply numbers of 10 binary digits behind the point (TensorFloat32) and add the products up in
/// FP32. Each factor is rounded to the nearest such number, which is 5e-4 (2^-11) of it away at most: the README of ModelGen.Gpu has the error of whole
/// products as a test measures it. Inputs, weights, activations and gradients in memory, and all other kernels, stay as they are.
/// </remarks>
public enum GpuMath
{
    /// <summary>FP32 everywhere.</summary>
    Float32,

    /// <summary>TensorFloat32 in the products and convolutions, and their gradients, that are large enough, on devices that have it; elsewhere FP32.</summary>
    TensorFloat32,
}
