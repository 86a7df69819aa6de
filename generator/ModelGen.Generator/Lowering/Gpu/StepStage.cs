using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>A stage of a kernel inside the loop over steps.</summary>
/// <param name="Stage">With the loop's numbers of what it reads. It stores to memory only what somebody outside the loop reads.</param>
/// <param name="Held">Where it stores for the steps themselves; null where none of them reads it.</param>
internal sealed record StepStage(LoopStage Stage, Access? Held);
