using System.Globalization;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>How a kernel is computed on the CPU, for one vector width: what Halide calls a schedule. It is made once, before memory is planned; whoever needs
/// a decision reads it here.</summary>
/// <param name="Target">The vector width.</param>
internal abstract record CpuSchedule(CpuTarget Target)
{
    /// <summary>Gets the schedule in one line, in the field's terms, as it is printed above the kernel.</summary>
    public abstract string Description { get; }

    /// <summary>Gets a value indicating whether sums of earlier blocks or samples wait in the result's memory, which therefore cannot be an
    /// operand's.</summary>
    public virtual bool KeepsSumsInResult => false;

    /// <summary>A number of things, as prose has it.</summary>
    internal static string Count(int number, string thing) => number == 1 ? "one " + thing : number.ToString(CultureInfo.InvariantCulture) + " " + thing + "s";
}
