namespace ModelGen.Benchmarks.CommandLine;

/// <summary>What can be measured.</summary>
internal enum SuiteKind
{
    /// <summary>Training steps of the models A to G.</summary>
    Train,

    /// <summary>Inference of one sample.</summary>
    Infer,

    /// <summary>Matrix products.</summary>
    Gemm,

    /// <summary>Convolutions, forward and backward.</summary>
    Conv,

    /// <summary>Element-wise functions and softmax.</summary>
    Elementwise,

    /// <summary>Filling and augmenting batches.</summary>
    Data,

    /// <summary>The source generator.</summary>
    Generator,

    /// <summary>Some steps of one case in a process of its own; what <see cref="Train"/> and <see cref="Infer"/> start to time the start-up and to
    /// read the memory.</summary>
    FirstStep,
}
