using System.Collections.Generic;
using ModelGen.Generator.Emit.Common;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>One of the kernels that a kernel of the program was split into.</summary>
/// <param name="Arguments">For each of its arguments the whole kernel's, or, below 0, <c>-1 - number</c> of a scratch tensor.</param>
/// <param name="IsPart">True where the first outer axis numbers parts of the inner loops.</param>
internal sealed record KernelPiece(KernelEntry Entry, IReadOnlyList<int> Arguments, bool IsPart);
