namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>A kernel did what a device would punish or not notice.</summary>
internal sealed class PtxException(string message) : Exception(message);
