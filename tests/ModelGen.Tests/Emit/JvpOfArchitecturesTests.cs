using ModelGen.Tests.Zoo;

namespace ModelGen.Tests.Emit;

/// <summary>Directional derivatives of the zoo. A class of its own: it takes long, and runs beside the others.</summary>
public class JvpOfArchitecturesTests
{
    // And what becomes of them where training computes what evaluation does.
    public static TheoryData<string> Names() =>
        [.. ZooModels.Small.Keys.Where(n => n != "CharLstm"), .. ZooModels.Small.Keys.Append("Drops").Select(n => n + JvpTests.Frozen)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Jvp_AlongParameters_IsTheGradientTimesTheDirection(string name) => JvpTests.IsTheGradientTimesTheDirection(name);
}
