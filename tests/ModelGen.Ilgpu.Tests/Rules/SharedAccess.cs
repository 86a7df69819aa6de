namespace ModelGen.Ilgpu.Tests.Rules;

/// <summary>A load from shared memory, or a store to it.</summary>
/// <param name="Array">The array.</param>
/// <param name="Place">A number for the computation of the address: equal for equal computations.</param>
/// <param name="Alternates">Whether the address depends on a value that a loop flips: which of two stages it is.</param>
/// <param name="IsAsynchronous">Whether it is a copy that runs by itself, to a stage that is not the one being read:
/// when it has arrived is for the machine to judge.</param>
internal sealed record SharedAccess(bool IsStore, string Array, int Place, bool Alternates, bool IsAsynchronous = false);
