using Microsoft.CodeAnalysis;

namespace ModelGen.Tests.Frontend;

/// <summary>Id, exact span and whole message. <c>[|…|]</c> marks where the one diagnostic stands.</summary>
public class DiagnosticTests
{
    [Fact]
    public Task Linear_OnAnImage_SaysFlatten() => Expect(
        """
        [Model] public partial class M
        {
            readonly Layer conv = Conv2d(16, 5), fc1 = Linear(120);
            public Tensor Forward([Shape(6, 9, 9)] Tensor x) => [|fc1(Relu(conv(x)))|];
        }
        """,
        "MG2003", "Linear 'fc1' expects a vector, got [N,16,5,5]; call Flatten first (16*5*5 = 400)");

    private static async Task Expect(string markup, string id, string message)
    {
        int start = markup.IndexOf("[|", StringComparison.Ordinal), end = markup.IndexOf("|]", StringComparison.Ordinal) - 2;
        var source = markup.Replace("[|", "").Replace("|]", "");
        var diagnostic = Assert.Single(await Driver.Analyze(Driver.Compile(source)));
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(message, diagnostic.GetMessage());
        Assert.Equal((source[start..end], start), (source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length), diagnostic.Location.SourceSpan.Start));
    }
}
