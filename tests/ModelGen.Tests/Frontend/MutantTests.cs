using ModelGen.RandomPrograms;

namespace ModelGen.Tests.Frontend;

/// <summary>Sources with random damage. More of them: <c>dotnet run --project tests/ModelGen.RandomPrograms -- --mutants N</c>.</summary>
public class MutantTests
{
    [Fact]
    public async Task Mutants_NeverFailTheCompiler()
    {
        var sources = Corpus.Sources(null);
        var trials = new MutantTrials(isAlone: false);
        for (var i = 0; i < 200; i++)
        {
            var random = new Random(i);
            var source = Mutant.Of(sources[random.Next(sources.Count)], random);
            var failure = await trials.Run(source);
            Assert.True(failure is null, $"Mutant {i}: {failure}\n{source}");
        }
        Assert.True(trials.Valid > 20);
    }
}
