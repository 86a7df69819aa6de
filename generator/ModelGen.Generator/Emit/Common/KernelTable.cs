using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Common;

/// <summary>A distinct kernel of a model with the names its method uses.</summary>
internal sealed class KernelEntry
{
    public KernelEntry(Kernel kernel, string name, IReadOnlyList<string> arguments, string formula)
    {
        (Kernel, Name, Arguments, Formula) = (kernel, name, arguments, formula);
    }

    public Kernel Kernel { get; }

    public string Name { get; }

    /// <summary>From the tensors of the first call.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>What it computes, for its summary.</summary>
    public string Formula { get; }

    /// <summary>All calls, with the program each belongs to.</summary>
    public List<(Program Program, KernelCall Call)> Calls { get; } = new();
}

/// <summary>The distinct kernels of all programs of a model, in order of first use.</summary>
internal sealed class KernelTable
{
    private readonly Dictionary<Kernel, KernelEntry> _entries = new();
    private readonly Func<Kernel, Kernel> _emitted;

    /// <param name="prefix">Begins the names of the kernels' methods.</param>
    /// <param name="emitted">What of a kernel its text follows from; all of it unless given.</param>
    public KernelTable(IEnumerable<(Program Program, ValueNames Names)> programs, string prefix = "Kernel", Func<Kernel, Kernel>? emitted = null)
    {
        _emitted = emitted ?? (kernel => kernel);
        foreach (var (program, names) in programs)
            foreach (var call in program.Calls)
            {
                var kernel = _emitted(call.Kernel);
                if (!_entries.TryGetValue(kernel, out var entry))
                {
                    entry = new(kernel, NameOf(program, call, prefix + _entries.Count.ToString(CultureInfo.InvariantCulture)), call.Arguments
                        .Select(a => names[a]).ToList(), FormulaOf(program, call, names));
                    _entries.Add(kernel, entry);
                    Entries.Add(entry);
                }
                entry.Calls.Add((program, call));
            }
    }

    public List<KernelEntry> Entries { get; } = new();

    public KernelEntry this[Kernel kernel] => _entries[_emitted(kernel)];

    // Kernel3_Linear_Relu, Kernel7_LinearBackward: the ops whose nodes it computes.
    private static string NameOf(Program program, KernelCall call, string start)
    {
        var ops = call.Nodes.Select(n => program.Graph[n])
            .Select(n => n.Origin.Op.Length == 0 ? "" : n.Origin.Op + (n.Id >= program.Graph.ForwardCount ? "Backward" : ""))
            .Where(o => o.Length > 0).Distinct().Take(3);
        return string.Join("_", new[] { start }.Concat(ops));
    }

    private static string FormulaOf(Program program, KernelCall call, ValueNames names) =>
        string.Join("\n", call.Nodes.Select(id => KernelText.Of(program.Graph, program.Graph[id], names)));
}
