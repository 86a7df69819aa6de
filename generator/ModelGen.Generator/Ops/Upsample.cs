using System.Linq;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>What the upsampling ops share.</summary>
internal static class Upsample
{
    public static readonly OpParameter[] Parameters =
    {
        OpParameter.Tensor("x"),
        OpParameter.OptionalInteger("scaleFactor", "H' / H and W' / W"),
        OpParameter.Size2("size", "H' and W', instead of a factor", optional: true),
    };

    /// <summary>The output's height and width, from scaleFactor or size.</summary>
    /// <exception cref="OpException">MG2009.</exception>
    public static int[] Size(OpCall call, Node x)
    {
        if (call.Has("scaleFactor") == call.Has("size")) throw call.Fail("MG2009", "needs either scaleFactor or size");
        var size = call.Has("size") ? call.Sizes("size", 2)!
            : Spatial.Sizes(x).Select((s, d) =>
            call.Size((long)s * call.Positive("scaleFactor"), $"{(d == 0 ? "a height" : "a width")} of {s}*{call.Integer("scaleFactor")}")).ToArray();
        return size.All(s => s >= 1) ? size : throw call.Fail("MG2009", $"needs a size of at least 1, got {Window.Text(size)}");
    }
}
