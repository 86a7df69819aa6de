using System.Collections.Generic;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>The text of the network for the CPU in the parts that become files: the steps, and the kernels of each vector width.</summary>
internal sealed class CpuText
{
    /// <summary>The declaration of the class that all of it is a part of.</summary>
    public const string Class = "internal sealed unsafe partial class Compiled";

    private readonly Dictionary<CpuTarget, CodeWriter> _kernels = new();

    /// <param name="family">The vector widths.</param>
    /// <param name="isChecked">Whether the project asks for checks of overflow, from which the text is then exempt.</param>
    public CpuText(CpuFamily family, bool isChecked)
    {
        Steps = ModelFile.Types(isChecked);
        foreach (var target in family.Targets)
        {
            var writer = ModelFile.Types(isChecked).WithoutNulls();
            writer.Line($"/// <summary>Kernels: {target.Name}.</summary>");
            writer.Open(Class);
            _kernels.Add(target, writer);
        }
    }

    /// <summary>Gets the text of the calls in order, and of what hands each to the team.</summary>
    public CodeWriter Steps { get; }

    /// <summary>The text of the kernels of one width.</summary>
    public CodeWriter Kernels(CpuTarget target) => _kernels[target];

    /// <summary>Ends the class in the text of each width.</summary>
    public void CloseKernels()
    {
        foreach (var writer in _kernels.Values) writer.Close();
    }
}
