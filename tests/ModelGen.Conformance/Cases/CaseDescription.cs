namespace ModelGen.Conformance;

/// <summary>How the tensors of a case meet the batch axis of a model.</summary>
internal enum CaseBatch
{
    /// <summary>Axis 0 of each input is the batch.</summary>
    Leading,

    /// <summary>The op works on axis 0 itself: each input is one sample, with a batch axis of size 1 put before it.</summary>
    Prepended,
}

/// <summary>A tensor of the case or the result of an earlier step, as an argument.</summary>
internal sealed record TensorRef(string Name);

/// <summary>One call of an op.</summary>
/// <param name="Results">Names for its results.</param>
/// <param name="Path">The layer's path; its parameters are "path.weight", or "weight" where the path is empty.</param>
/// <param name="Arguments">By parameter name: <see cref="TensorRef"/>, <see cref="TensorRef"/>[] , int, int[], double, double[], bool, string.</param>
internal sealed record CaseStep(string[] Results, string Op, string Path, (string Name, object? Value)[] Arguments);

/// <summary>A case as a model: enough to build its graph, and to write its source.</summary>
internal sealed record CaseDescription(params CaseStep[] Steps)
{
    /// <summary>The samples of a batch.</summary>
    public int Samples(ConformanceCase c) =>
        Batch == CaseBatch.Prepended ? 1 : c.Inputs.Where(i => !AsParameters.Contains(i.Key))
            .Select(i => (BatchSecond.Contains(i.Key) ? i.Value.SwapFirstAxes() : i.Value).Shape[0]).FirstOrDefault(1);

    /// <summary>The tensor as the model has it.</summary>
    public TensorData Moved(string name, TensorData tensor) => BatchSecond.Contains(name) ? tensor.SwapFirstAxes() : tensor;

    public CaseBatch Batch { get; init; }

    /// <summary>By name of the output in the file: the result that it is. Where empty the first result is the only output.</summary>
    public Dictionary<string, string> Outputs { get; init; } = [];

    /// <summary>Inputs that are class indices: how many classes.</summary>
    public Dictionary<string, int> Labels { get; init; } = [];

    /// <summary>The loss where it is not the sum over outputs and cotangents; its result is "loss".</summary>
    public CaseStep? Loss { get; init; }

    /// <summary>Tensors without a batch axis that are operands themselves, which a model declares as parameters.</summary>
    public string[] AsParameters { get; init; } = [];

    /// <summary>Tensors whose batch axis is axis 1 in the file.</summary>
    public string[] BatchSecond { get; init; } = [];

    /// <summary>Whether the op runs as it does in training.</summary>
    public bool Training { get; init; } = true;
}
