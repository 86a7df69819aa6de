namespace ModelGen.Gpu.Tests.Double;

/// <summary>Runs after all other tests: one test asks that no kernel runs in the process, one takes the time.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
