namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>Executes an instruction for some lanes of a warp.</summary>
/// <param name="group">The group that runs.</param>
/// <param name="instruction">The instruction.</param>
/// <param name="first">The thread of the warp's lane 0.</param>
/// <param name="mask">A bit for each lane that executes.</param>
internal delegate void PtxAction(PtxGroup group, PtxInstruction instruction, int first, uint mask);
