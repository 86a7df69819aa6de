namespace ILGPU.Execution;

/// <summary>Carries an exception from a lane's thread to the scheduler's.</summary>
internal sealed class LaneFailedException(Exception inner) : Exception(inner.Message, inner);
