namespace ModelGen.Ilgpu.Tests.Texts;

/// <summary>How many different kernels still break a rule: each number may only fall, to 0.</summary>
internal static class OpenFaults
{
    /// <summary>Kernels whose shared memory one warp may overwrite while another reads it. While there are any, sessions on the machine may race, and
    /// those that do are not compared with the CPU.</summary>
    public const int KernelsThatRace = 0;

    /// <summary>Kernels that divide integers in a loop.</summary>
    public const int KernelsThatDivideInALoop = 0;
}
