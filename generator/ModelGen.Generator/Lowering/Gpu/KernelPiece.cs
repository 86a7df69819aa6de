using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>One of the kernels that a kernel of the program was split into.</summary>
/// <param name="Arguments">For each of its arguments the whole kernel's, or, below 0, <c>-1 - number</c> of a scratch tensor.</param>
/// <param name="IsPart">True where the first outer axis numbers parts of the inner loops.</param>
/// <param name="Suffix">What its name has behind the whole kernel's.</param>
internal sealed record KernelPiece(Kernel Kernel, EquatableArray<int> Arguments, bool IsPart, string Suffix);
