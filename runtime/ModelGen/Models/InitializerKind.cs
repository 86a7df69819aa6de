namespace ModelGen;

/// <summary>Specifies how initial values are drawn. p is the initializer's parameter.</summary>
public enum InitializerKind
{
    /// <summary>All values are 0.</summary>
    Zeros,

    /// <summary>All values are 1.</summary>
    Ones,

    /// <summary>All values are p.</summary>
    Constant,

    /// <summary>The distribution is uniform on [−p, p].</summary>
    Uniform,

    /// <summary>The distribution is normal with standard deviation p.</summary>
    Normal,

    /// <summary>The distribution is normal, truncated at two standard deviations, and scaled so that the result has standard deviation p.</summary>
    TruncatedNormal,

    /// <summary>The distribution is uniform on ±1/√fanIn: PyTorch's default for Linear and Conv, weight and bias.</summary>
    TorchDefault,

    /// <summary>The distribution is uniform on ±p·√(3/fanIn); p is the gain, √2 for ReLU (He et al. 2015, eq. 10).</summary>
    KaimingUniform,

    /// <summary>The distribution is normal with standard deviation p/√fanIn; p is the gain, √2 for ReLU (He et al. 2015, eq. 10).</summary>
    KaimingNormal,

    /// <summary>The distribution is uniform on ±p·√(6/(fanIn + fanOut)); p is the gain (Glorot and Bengio 2010, eq. 16).</summary>
    XavierUniform,

    /// <summary>The distribution is normal with standard deviation p·√(2/(fanIn + fanOut)); p is the gain (Glorot and Bengio 2010, eq. 12).</summary>
    XavierNormal,

    /// <summary>The distribution is uniform on ±√(3/fanIn).</summary>
    LecunUniform,

    /// <summary>The distribution is normal with standard deviation 1/√fanIn.</summary>
    LecunNormal,

    /// <summary>The values are a matrix [length/fanIn, fanIn] with orthonormal rows (or columns, where there are fewer), times p (Saxe et al. 2013).</summary>
    Orthogonal,
}
