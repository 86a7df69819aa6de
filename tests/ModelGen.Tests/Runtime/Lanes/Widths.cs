using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ModelGen.Runtime;

namespace ModelGen.Tests.Runtime;

/// <summary>What is done once for each width of vectors.</summary>
internal interface IForEachWidth
{
    void Run<L, V>() where L : ILanes<V> where V : unmanaged;
}

/// <summary>The widths that the processor has.</summary>
internal static class Widths
{
    /// <summary>Gets the names of all widths, also of those that it has not.</summary>
    public static TheoryData<string> Names => ["128", "256", "Pair256", "512"];

    /// <summary>Gets whether vectors of 128 bits round a·b + c once, as the wider ones do.</summary>
    public static bool IsFused128 => Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported;

    /// <summary>Does it for one width, where the processor has that.</summary>
    public static void Run(string width, IForEachWidth action)
    {
        var has256 = Avx2.IsSupported && Fma.IsSupported;
        if (width == "128") action.Run<Lanes128, Vector128<float>>();
        else if (width == "256" && has256) action.Run<Lanes256, Vector256<float>>();
        else if (width == "Pair256" && has256) action.Run<LanesPair256, Pair256>();
        else if (width == "512" && Avx512F.IsSupported) action.Run<Lanes512, Vector512<float>>();
    }
}
