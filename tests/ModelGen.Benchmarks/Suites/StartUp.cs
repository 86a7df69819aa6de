namespace ModelGen.Benchmarks.Suites;

/// <summary>What a fresh process took to its first finished training step.</summary>
/// <param name="MainToFirstStepMilliseconds">From the first line of Main.</param>
/// <param name="ProcessToFirstStepMilliseconds">From the start of the process, the runtime's own start included.</param>
/// <param name="JitMilliseconds">What the JIT compiler took of it.</param>
internal sealed record StartUp(double MainToFirstStepMilliseconds, double ProcessToFirstStepMilliseconds, double JitMilliseconds);
