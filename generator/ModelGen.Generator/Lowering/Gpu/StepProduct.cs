using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>A product inside the loop over steps: rows of samples, held in shared memory, and columns in memory that are the same for every sample.</summary>
/// <param name="Local">The sum.</param>
/// <param name="Depth">The terms of a sum.</param>
/// <param name="Width">Neighbouring columns whose elements are loaded at once, one or four.</param>
internal sealed record StepProduct(int Local, Access Rows, Access Columns, int Depth, int Width);
