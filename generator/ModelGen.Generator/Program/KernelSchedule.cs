using System.Collections.Generic;

namespace ModelGen.Generator.Programs;

/// <summary>Calls that are repeated: from <paramref name="First"/> up to <paramref name="End"/>, for each step.</summary>
/// <param name="FromEnd">True where the steps count down.</param>
internal sealed record StepLoop(int First, int End, int Steps, bool FromEnd);

/// <summary>Kernel calls in order, before they have memory.</summary>
internal sealed record KernelSchedule(IReadOnlyList<KernelCall> Calls, IReadOnlyList<StepLoop> Loops, Storage Storage);
