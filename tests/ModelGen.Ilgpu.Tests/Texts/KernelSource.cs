using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelGen.Ilgpu.Tests.Texts;

/// <summary>An emitted kernel as C#.</summary>
/// <param name="Model">The model.</param>
/// <param name="Name">The method's name.</param>
/// <param name="Body">The method, its name replaced, and those it calls: equal for equal kernels of different models.</param>
/// <param name="Usings">What stands above it.</param>
/// <param name="Threads">The most threads of a group.</param>
/// <param name="Groups">The fewest groups that a multiprocessor is to hold.</param>
internal sealed partial record KernelSource(string Model, string Name, string Body, string Usings, int Threads, int Groups)
{
    /// <summary>Whether it has inline PTX, and so no text for OpenCL.</summary>
    public bool IsForCudaAlone => Body.Contains("CudaAsm.Emit", StringComparison.Ordinal);

    /// <summary>What two kernels share that are compiled to the same text.</summary>
    public string Key => $"{Threads} {Groups} {Body}";

    /// <summary>The kernels of an emitted file.</summary>
    public static IEnumerable<KernelSource> Of(string model, string file)
    {
        var sizes = Load().Matches(file).ToDictionary(m => m.Groups[1].Value, m => (Number(m.Groups[2]), Number(m.Groups[3])));
        foreach (var kernels in CSharpSyntaxTree.ParseText(file).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
            .Where(c => c.Identifier.Text == "GpuKernels"))
        {
            var usings = string.Join("\n", kernels.Ancestors().OfType<NamespaceDeclarationSyntax>().Single().Usings.Select(u => u.ToString()));
            var methods = kernels.Members.OfType<MethodDeclarationSyntax>().ToDictionary(m => m.Identifier.Text);
            foreach (var kernel in methods.Values.Where(m => m.Modifiers.Any(SyntaxKind.PublicKeyword)))
            {
                var (threads, groups) = sizes[kernel.Identifier.Text];
                var called = kernel.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(i => i.Expression.ToString()).Where(methods.ContainsKey)
                    .Distinct().ToList();
                var body = string.Join("\n", called.Select(c => Nameless(methods[c], c)).Prepend(Nameless(kernel, "Kernel")));
                for (var c = 0; c < called.Count; c++) body = Regex.Replace(body, $@"\b{called[c]}\b", "Helper" + c);
                yield return new(model, kernel.Identifier.Text, body, usings, threads, groups);
            }
        }
    }

    // Equal kernels of different layers differ in what they are called, what their parameters are called, and in comments.
    private static string Nameless(MethodDeclarationSyntax kernel, string name)
    {
        var names = kernel.ParameterList.Parameters.Select((p, i) => (p.Identifier.Text, Number: i)).ToDictionary(p => p.Text, p => "argument_" + p.Number);
        var text = Comment().Replace(kernel.WithoutTrivia().WithIdentifier(SyntaxFactory.Identifier(name)).ToString(), "");
        return Word().Replace(text, m => names.GetValueOrDefault(m.Value, m.Value));
    }

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<![.\w])@?[A-Za-z_]\w*")]
    private static partial Regex Word();

    private static int Number(Group group) => int.Parse(group.Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"GpuKernels\.(\w+), new KernelSpecialization\((\d+), (\d+)\)")]
    private static partial Regex Load();
}
