using ModelGen.Generator.Ops;
using ModelGen.RandomPrograms;

namespace ModelGen.Tests.Emit;

/// <summary>The first random programs: small models of any ops, through the whole compiler. More of them:
/// <c>dotnet run --project tests/ModelGen.RandomPrograms -- --seeds N</c>.</summary>
public class RandomProgramTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    public void Programs_MatchInterpreter(int first) => NoneFails(first, 25, new(OnePath: false, Known: CompiledModels.GetOrAdd));

    [Fact]
    public void Programs_OnTheGpu_MatchInterpreter() => NoneFails(1000, 20, new(Gpu: true));

    [Fact]
    public void Programs_HaveEveryOpOfTheCatalogue()
    {
        var drawn = Enumerable.Range(0, 2000).SelectMany(n => Program(n).Ops).ToHashSet();

        Assert.Equal("", string.Join(", ", OpCatalog.All.Select(o => o.Name).Where(o => !drawn.Contains(o))));
    }

    [Fact]
    public void Programs_OfOneNumber_AreTheSame() => Assert.Equal(Program(7).ToString(), Program(7).ToString());

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.001, true)]
    public void Expectation_TellsAFaultFromRounding(double fault, bool differs)
    {
        var graphs = Sketch.Model("Sum", s => ([s.Op("Exp", s.Op("Sum", s.Input("x", 40), new { axes = new[] { 1 } }))], null));
        var x = Enumerable.Range(0, 80).Select(i => Math.Round(Math.Sin(i) * 4) / 4).ToArray();
        var expectation = new Expectation(graphs.Evaluation, 2, new Dictionary<int, double[]> { [0] = x }, 1);
        float[] rows = [.. x.Chunk(40).Select(row => (float)(Math.Exp(row.Sum()) * (1 + fault)))];

        Assert.Equal(differs, expectation.Difference("y", graphs.Evaluation.Outputs[0], rows) is not null);
    }

    private static RandomProgram Program(int number) => new ProgramGen().Generate(ProgramGen.Seed(number), null, out _);

    private static void NoneFails(int first, int count, TrialOptions options)
    {
        var trials = new ProgramTrials(options);
        var programs = Enumerable.Range(first, count).Select(Program).ToList();
        var failures = trials.Run(programs, first);
        var at = failures.ToList().FindIndex(f => f is not null);
        if (at < 0) return;
        var (smallest, failure) = new Shrinker(trials).Shrink(first + at, programs[at], failures[at]!, seconds: 5);
        Assert.Fail($"Program {first + at}: {failures[at]}\nShrunk:\n{smallest}\n{failure}");
    }
}
