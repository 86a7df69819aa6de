using CsCheck;

namespace ModelGen.RandomPrograms;

/// <summary>Finds a smaller program that fails in the same way.</summary>
internal sealed class Shrinker(ProgramTrials trials)
{
    /// <summary>First CsCheck draws smaller programs, then statements are taken out of the smallest one by one.</summary>
    /// <param name="number">Of the program: see <see cref="ProgramGen.Seed"/>.</param>
    /// <param name="seconds">For the first part.</param>
    public (RandomProgram Program, Failure Failure) Shrink(int number, RandomProgram program, Failure failure, int seconds = 10)
    {
        var smallest = (program, failure);
        try
        {
            new ProgramGen().Sample(p =>
            {
                if (Fails(p, number, failure.Kind) is { } f)
                    throw new ProgramException(smallest = (p, f));
            }, seed: ProgramGen.Seed(number).ToString(), time: seconds, threads: 1);
        }
        catch (CsCheckException)
        {
            // What was found is noted.
        }
        while (Smaller(smallest.program).Select(p => (p, Fails(p, number, failure.Kind))).FirstOrDefault(t => t.Item2 is not null) is (not null, not null) next)
            smallest = next!;
        return smallest;
    }

    private Failure? Fails(RandomProgram program, int number, string kind) => trials.Run([program], number)[0] is { } f && f.Kind == kind ? f : null;

    private static IEnumerable<RandomProgram> Smaller(RandomProgram p)
    {
        foreach (var output in p.Outputs.Count > 1 ? p.Outputs : [])
            if (!p.LossSteps.Any(s => s.Operands.Contains(output)))
                yield return (p with { Outputs = [.. p.Outputs.Where(o => o != output)] }).WithoutDeadCode();
        foreach (var output in p.Outputs)
            foreach (var text in new[] { "Sum({0})", "Mean({0} * {0})" })
            {
                var loss = new Value("loss", [], false);
                if (p.Loss.Name != loss.Name)
                    yield return (p with { Outputs = [output], LossSteps = [new([loss], text, [output], [])], Loss = loss }).WithoutDeadCode();
            }
        foreach (var s in p.Statements.Where(s => s.Results.Count == 1))
        {
            var result = s.Results[0];
            // An operand of the same shape in its place, or a number from outside.
            foreach (var operand in s.Operands.Where(o => o.HasShapeOf(result))) yield return Replaced(p, s, operand);
            if (p.LossSteps.Contains(s)) continue;
            var outside = new Value((result.PerSample ? "x" : "p") + result.Name, result.Sizes, result.PerSample);
            if (s.Operands.All(o => o.Name.StartsWith(outside.Name[0]) && o.HasShapeOf(result))) continue;
            var replaced = Replaced(p, s, outside);
            if (replaced.Outputs.Contains(outside)) continue;
            yield return (result.PerSample ? replaced with { Inputs = [.. p.Inputs, outside] }
                : replaced with { Parameters = [.. p.Parameters, outside] }).WithoutDeadCode();
        }
        if (p.Samples > 1) yield return p with { Samples = p.Samples / 2 };
    }

    private static RandomProgram Replaced(RandomProgram p, Statement s, Value by)
    {
        var result = s.Results[0];
        Value Now(Value v) => v.Name == result.Name ? by : v;
        List<Statement> Without(IReadOnlyList<Statement> statements) => [.. statements.Where(x => x != s).Select(x => x.With(result, by))];
        return (p with
        {
            Forward = Without(p.Forward),
            LossSteps = Without(p.LossSteps),
            Outputs = [.. p.Outputs.Select(Now).Distinct()],
            Loss = Now(p.Loss)
        }).WithoutDeadCode();
    }

    private sealed class ProgramException((RandomProgram Program, Failure Failure) found) : Exception(found.Failure + "\n" + found.Program);
}
