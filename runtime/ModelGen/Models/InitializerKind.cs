namespace ModelGen;

/// <summary>How initial values are drawn. p is the initializer's parameter.</summary>
public enum InitializerKind
{
    /// <summary>0.</summary>
    Zeros,

    /// <summary>1.</summary>
    Ones,

    /// <summary>p.</summary>
    Constant,

    /// <summary>Uniform on [−p, p].</summary>
    Uniform,

    /// <summary>Normal with standard deviation p.</summary>
    Normal,

    /// <summary>Normal truncated at two standard deviations, scaled so that the result has standard deviation p.</summary>
    TruncatedNormal,

    /// <summary>Uniform on ±1/√fanIn: PyTorch's default for Linear and Conv, weight and bias.</summary>
    TorchDefault,

    /// <summary>Uniform on ±p·√(3/fanIn); p is the gain, √2 for ReLU (He et al. 2015, eq. 10).</summary>
    KaimingUniform,

    /// <summary>Normal with standard deviation p/√fanIn; p is the gain, √2 for ReLU (He et al. 2015, eq. 10).</summary>
    KaimingNormal,

    /// <summary>Uniform on ±p·√(6/(fanIn + fanOut)); p is the gain (Glorot and Bengio 2010, eq. 16).</summary>
    XavierUniform,

    /// <summary>Normal with standard deviation p·√(2/(fanIn + fanOut)); p is the gain (Glorot and Bengio 2010, eq. 12).</summary>
    XavierNormal,

    /// <summary>Uniform on ±√(3/fanIn).</summary>
    LecunUniform,

    /// <summary>Normal with standard deviation 1/√fanIn.</summary>
    LecunNormal,

    /// <summary>A matrix [length/fanIn, fanIn] with orthonormal rows (or columns, where there are fewer), times p (Saxe et al. 2013).</summary>
    Orthogonal,
}
