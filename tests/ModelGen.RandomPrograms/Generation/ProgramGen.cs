using CsCheck;

namespace ModelGen.RandomPrograms;

/// <summary>Random programs, of which CsCheck finds smaller ones that fail.</summary>
internal sealed class ProgramGen : Gen<RandomProgram>
{
    public override RandomProgram Generate(PCG pcg, Size? min, out Size size)
    {
        var program = new ProgramDraw(pcg).Program();
        size = new Size((ulong)(program.Statements.Count() * 10000 + program.Statements.SelectMany(s => s.Results).Sum(r => r.Length)));
        return program;
    }

    /// <summary>The generator of a program's number: the same program on every machine.</summary>
    public static PCG Seed(int number) => new(1, unchecked((ulong)(number + 1) * 0x9E3779B97F4A7C15ul));
}
