using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelGen.RandomPrograms;

/// <summary>A source with random damage: tokens left out, doubled or exchanged, numbers and names replaced by others.</summary>
internal static class Mutant
{
    private static readonly string[] s_numbers = ["0", "-1", "1", "2", "int.MaxValue", "1000000000", "2147483647", "65536", "1.5f", "null"];

    public static string Of(string source, Random random)
    {
        for (var damage = random.Next(1, 4); damage > 0; damage--) source = Damaged(source, random);
        return source;
    }

    private static string Damaged(string source, Random random)
    {
        var tokens = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Where(t => t.Span.Length > 0).ToList();
        if (tokens.Count < 2) return source;
        // Half of the damage is done where it is likely to leave something that compiles.
        var kind = random.Next(8);
        var fitting = kind < 3 ? tokens.Where(t => t.IsKind(SyntaxKind.NumericLiteralToken)).ToList()
            : kind < 5 ? tokens.Where(t => t.IsKind(SyntaxKind.IdentifierToken)).ToList() : tokens;
        if (fitting.Count == 0) fitting = tokens;
        var token = fitting[random.Next(fitting.Count)];
        var other = fitting[random.Next(fitting.Count)];
        return kind switch
        {
            < 3 => Replaced(source, token, s_numbers[random.Next(s_numbers.Length)]),
            3 or 4 => Replaced(source, token, other.Text),
            5 => Replaced(source, token, ""),
            6 => Replaced(source, token, token.Text + " " + token.Text),
            _ when token.SpanStart == other.SpanStart => source,
            _ when token.SpanStart > other.SpanStart => Replaced(Replaced(source, token, other.Text), other, token.Text),
            _ => Replaced(Replaced(source, other, token.Text), token, other.Text),
        };
    }

    private static string Replaced(string source, SyntaxToken token, string by) => source[..token.Span.Start] + by + source[token.Span.End..];
}
