using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelGen.RandomPrograms;

/// <summary>Leaves of the generated files only what this process can reach: the kernels of one instruction set.
/// Compiling the others takes most of a trial's time.</summary>
internal static partial class OnePath
{
    public static string Name => Has512 ? "AVX-512" : Has256 ? "AVX2" : "scalar";

    private static bool Has512 => Avx512F.IsSupported;

    private static bool Has256 => Avx2.IsSupported && Fma.IsSupported;

    public static IReadOnlyList<SyntaxTree> Of(IReadOnlyList<SyntaxTree> trees)
    {
        var texts = trees.Select(t => t.ToString()).ToList();
        // Where a kernel is called for the best of the processor's instruction sets, and the private methods that are named only there.
        var methods = trees.Select(t => t.GetRoot().DescendantNodes(n => n is not BaseMethodDeclarationSyntax).OfType<MethodDeclarationSyntax>()
            .Where(m => m.Modifiers.Any(SyntaxKind.PrivateKeyword)).ToList()).ToList();
        // A file calls what stands in another.
        var byName = methods.SelectMany((of, file) => of.Select(m => (Method: m, File: file)))
            .ToLookup(m => m.Method.Identifier.ValueText, StringComparer.Ordinal);
        var reached = new HashSet<MethodDeclarationSyntax>();
        var todo = new Stack<(int File, int From, int To)>();
        for (var file = 0; file < texts.Count; file++)
        {
            var start = 0;
            foreach (var m in methods[file])
            {
                todo.Push((file, start, m.SpanStart));
                start = m.Span.End;
            }
            todo.Push((file, start, texts[file].Length));
        }
        while (todo.TryPop(out var part))
            foreach (var word in Words().Matches(Chosen(texts[part.File][part.From..part.To])).Select(w => w.Value).Distinct())
                foreach (var (method, file) in byName[word].Where(m => reached.Add(m.Method)))
                    todo.Push((file, method.Body?.SpanStart ?? method.SpanStart, method.Span.End));
        return [.. trees.Select((tree, file) => Without(tree, texts[file], methods[file].Where(m => !reached.Contains(m))))];
    }

    private static SyntaxTree Without(SyntaxTree tree, string text, IEnumerable<MethodDeclarationSyntax> methods)
    {
        var left = new StringBuilder();
        var start = 0;
        foreach (var m in methods)
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
