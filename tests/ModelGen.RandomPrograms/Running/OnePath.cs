using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelGen.RandomPrograms;

/// <summary>Leaves of a generated file only what this process can reach: the kernels of one instruction set.
/// Compiling the others takes most of a trial's time.</summary>
internal static partial class OnePath
{
    public static string Name => Has512 ? "AVX-512" : Has256 ? "AVX2" : "scalar";

    private static bool Has512 => Avx512F.IsSupported;

    private static bool Has256 => Avx2.IsSupported && Fma.IsSupported;

    public static SyntaxTree Of(SyntaxTree tree)
    {
        var text = tree.ToString();
        // Where a kernel is called for the best of the processor's instruction sets, and the private methods that are named only there.
        var methods = tree.GetRoot().DescendantNodes(n => n is not BaseMethodDeclarationSyntax).OfType<MethodDeclarationSyntax>()
            .Where(m => m.Modifiers.Any(SyntaxKind.PrivateKeyword)).ToList();
        var byName = methods.ToLookup(m => m.Identifier.ValueText, StringComparer.Ordinal);
        var reached = new HashSet<MethodDeclarationSyntax>();
        var todo = new Stack<(int From, int To)>();
        var start = 0;
        foreach (var m in methods)
        {
            todo.Push((start, m.SpanStart));
            start = m.Span.End;
        }
        todo.Push((start, text.Length));
        while (todo.TryPop(out var part))
            foreach (var word in Words().Matches(Chosen(text[part.From..part.To])).Select(w => w.Value).Distinct())
                foreach (var method in byName[word].Where(reached.Add)) todo.Push((method.Body?.SpanStart ?? method.SpanStart, method.Span.End));
        var left = new StringBuilder();
        start = 0;
        foreach (var m in methods.Where(m => !reached.Contains(m)))
        {
            left.Append(text, start, m.FullSpan.Start - start);
            start = m.FullSpan.End;
        }
        left.Append(text, start, text.Length - start);
        return CSharpSyntaxTree.ParseText(Chosen(left.ToString()), (CSharpParseOptions)tree.Options, tree.FilePath, Encoding.UTF8);
    }

    private static string Chosen(string text) => Choice().Replace(text, m => m.Groups[Has512 ? 1 : Has256 ? 2 : 3].Value);

    [GeneratedRegex(@"if \(HasAvx512\) (.*;)\s+else if \(HasAvx2\) (.*;)\s+else (.*;)")]
    private static partial Regex Choice();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();
}
