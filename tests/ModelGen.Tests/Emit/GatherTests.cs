using ModelGen.Generator.Graphs;

namespace ModelGen.Tests.Emit;

/// <summary>A position that is looked up lies inside the value that is read, and nothing more is known of it: not where it lies in what that value reads itself.</summary>
public class GatherTests
{
    private static readonly Dictionary<string, Func<Sketch, Node, Node>> Values = new()
    {
        ["padded"] = (s, x) => s.Op("Pad", x, new { padding = new[] { 2, 1 } }),
        ["padded by another number"] = (s, x) => s.Op("Pad", x, new { padding = new[] { 1, 2 }, value = 0.5 }),
        ["padded by reflection"] = (s, x) => s.Op("Pad", x, new { padding = new[] { 1, 2 }, mode = "reflect" }),
        ["cut"] = (s, x) => s.Op("Slice", s.Call("Concat", "", new { axis = 2 }, ("xs", new[] { x, x }))[0], new { axis = 2, start = 1, end = 6 }),
        ["joined"] = (s, x) => s.Call("Concat", "", new { axis = 2 }, ("xs", new[] { s.Op("Slice", x, new { axis = 2, start = 1, end = 3 }), s.Op("Tanh", x) }))[0],
        ["turned"] = (s, x) => s.Op("Transpose", s.Op("Pad", s.Op("Transpose", x, new { axis1 = 1, axis2 = 2 }), new { padding = new[] { 0, 3 } }), new { axis1 = 1, axis2 = 2 }),
        ["a cheap map of what is padded"] = (s, x) => s.Op("Neg", s.Op("Pad", x, new { padding = new[] { 2, 2 } })),
    };

    public static TheoryData<string> Names() => [.. Values.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ValueWithEnds_Gathered_MatchesInterpreter(string value) => new EmittedModel(Sketch.Model("Gathered", s =>
    {
        var x = Values[value](s, s.Moved("x", 3, 4));
        var index = s.Labels("index", x.Shape[2].Factor, x.Shape[1].Factor, 5);
        var y = s.Call("Gather", "", new { axis = 2 }, ("x", x), ("index", index))[0];
        return ([y], s.Op("Mean", s.Binary("Mul", y, y)));
    })).MatchesInterpreter(2);
}
