using ModelGen.Generator.Graphs;

namespace ModelGen.Tests.Frontend;

public class EvaluatorTests(Xunit.Abstractions.ITestOutputHelper log)
{
    [Theory]
    [InlineData(Models.LeNet, "LeNet")]
    [InlineData(Models.Mlp, "Mlp")]
    [InlineData(Models.ResNet, "Zoo.ResNet18")]
    [InlineData(Models.Lstm, "CharLstm")]
    public void Model_Evaluates_ToVerifiedGraphsWithUniqueNames(string source, string model)
    {
        var result = Driver.Evaluate(source, model);

        foreach (var graph in new[] { result.Training!, result.Evaluation! })
        {
            Verifier.Check(graph, "evaluation");
            Assert.Equal(graph.Nodes.Count, graph.Nodes.Select(n => n.Name).Distinct().Count());
            Assert.All(graph.Nodes, n => Assert.True(Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(n.Name), n.Name));
            log.WriteLine(GraphPrinter.Print(graph));
            log.WriteLine(GraphPrinter.PrintFormulas(graph));
        }
        Assert.Empty(result.Findings);
    }
}
