namespace ILGPU.Algorithms.ScanReduceOperations;

/// <summary>An associative operation with a neutral element.</summary>
public interface IScanReduceOperation<T>
    where T : struct
{
    /// <summary>The neutral element.</summary>
    T Identity { get; }

    /// <summary>Combines two values.</summary>
    T Apply(T first, T second);
}
