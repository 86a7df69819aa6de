using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

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

    /// <param name="emitted">What of a kernel its text follows from; all of it unless given.</param>
    public KernelTable(IEnumerable<(Program Program, ValueNames Names)> programs, Func<Kernel, Kernel>? emitted = null)
    {
        _emitted = emitted ?? (kernel => kernel);
        var taken = new UniqueNames(StringComparer.Ordinal);
        foreach (var (program, names) in programs)
        {
            var kernelNames = new KernelNames(program.Graph);
            foreach (var call in program.Calls)
            {
                var kernel = _emitted(call.Kernel);
                if (!_entries.TryGetValue(kernel, out var entry))
                {
                    entry = new(kernel, taken.Take(kernelNames[call]), call.Arguments.Select(a => names[a]).ToList(),
                        string.Join("\n", KernelText.Of(program.Graph, call, names)));
                    _entries.Add(kernel, entry);
                    Entries.Add(entry);
                }
                entry.Calls.Add((program, call));
            }
        }
    }

    public List<KernelEntry> Entries { get; } = new();

    public KernelEntry this[Kernel kernel] => _entries[_emitted(kernel)];
}
