using System.Runtime.Intrinsics;

namespace ModelGen;

/// <summary>What an optimizer does to one vector of parameters. Products and sums are rounded apart (no FMA), so both widths give the same bits.</summary>
internal interface IUpdateRule
{
    /// <summary>Changes sixteen parameters and their state.</summary>
    void Apply(ref Vector512<float> p, Vector512<float> g, ref Vector512<float> a, ref Vector512<float> b, ref Vector512<float> c);

    /// <summary>Changes eight parameters and their state.</summary>
    void Apply(ref Vector256<float> p, Vector256<float> g, ref Vector256<float> a, ref Vector256<float> b, ref Vector256<float> c);
}
