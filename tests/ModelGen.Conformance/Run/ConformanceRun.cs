using System.Collections.Concurrent;
using ModelGen.Gpu;

namespace ModelGen.Conformance;

/// <summary>Runs all cases of a folder: from files to results.</summary>
internal sealed class ConformanceRun(RunOptions options, Action<CaseResult>? tell = null)
{
    /// <summary>Compiling one assembly of many models is cheaper than many of one; more in one keep the other processors waiting.</summary>
    private const int ModelsPerCompilation = 20;

    private readonly ConcurrentBag<CaseResult> _results = [];
    private readonly object _telling = new();

    /// <summary>One result for each case, in the order of operators and names.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="tell">Is told of each case as it ends, one at a time.</param>
    /// <exception cref="GpuUnavailableException">There is no such device.</exception>
    public static IReadOnlyList<CaseResult> Run(RunOptions options, Action<CaseResult>? tell = null) =>
        new ConformanceRun(options, tell).Run(CaseFolder.ReadAll(options.Path));

    /// <inheritdoc cref="Run(RunOptions)"/>
    public IReadOnlyList<CaseResult> Run(IEnumerable<CaseFile> files)
    {
        var models = new List<CompiledCase>();
        var rows = new List<(NumberRow Row, ModelSource Source)>();
        foreach (var file in files)
        {
            if (file.Error is { } error)
            {
                if (Matches(file.Name, "")) Add(CaseResult.Failed(file.Path, "malformed file", $"{file.Path}: {error}"));
            }
            else if (file.IsInitializers)
            {
                foreach (var result in Initializers(file).Where(r => Matches(r.Name, r.Operator))) Add(result);
            }
            else if (file.IsRows) BeginRows(file, rows);
            else if (file.Case is { } c && Matches(c.Name, c.Op)) Begin(file, c, models);
        }

        using var device = options.Gpu ? new DeviceOfCases(options.Device) : null;
        var compiler = new SourceCompiler(options.Gpu, canNarrow: options.Isas != RunOptions.Avx512);
        // All threads of the process use one instruction set at a time.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Isas.Count > 1 ? 1 : Environment.ProcessorCount };
        // Of the whole process: a run on the widest leaves it to those that run beside it.
        if (options.Isas != RunOptions.Avx512) SourceCompiler.Widest = Isas[0];
        Parallel.ForEach(models.Chunk(ModelsPerCompilation), parallel, group => Run(group, compiler, device));
        Parallel.ForEach(rows.Chunk(ModelsPerCompilation), parallel, group => Run(group, compiler, device));
        return [.. _results.OrderBy(r => r.Operator, StringComparer.Ordinal).ThenBy(r => r.Name, StringComparer.Ordinal)];
    }

    /// <summary>The row of the table that a case belongs to.</summary>
    public static string RowOf(ConformanceCase c) => c.Kind switch
    {
        "model" => "model: " + c.Op,
        "training" => "training: " + c.Architecture,
        _ => c.Op,
    };

    private static IEnumerable<CaseResult> Initializers(CaseFile file)
    {
        try
        {
            return [.. InitializerRunner.Run(file)];
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return [CaseResult.Failed(file.Path, "malformed file", $"{file.Path}: {e.Message}")];
        }
    }

    private void Begin(CaseFile file, ConformanceCase c, List<CompiledCase> models)
    {
        switch (c.Kind)
        {
            case "optimizer" or "schedule":
                Add(OptimizerRunner.Run(c));
                break;
            case "op" or "model" or "training":
                try
                {
                    var row = RowOf(c);
                    if (CaseMap.Describe(c) is not { } description)
                        Add(CaseResult.Failed(c.Name, row, $"ModelGen has no {(c.Kind == "op" ? "op" : "model")} '{c.Op}'"));
                    else models.Add(new(c, description,
                        ModelSourceWriter.Write(c, description, $"Case{models.Count}_{Generator.Support.Identifiers.FromPath(c.Name)}"), row));
                }
                catch (Exception e) when (e is CaseFormatException or KeyNotFoundException or InvalidOperationException or FormatException
                    or IndexOutOfRangeException or ArgumentException)
                {
                    Add(CaseResult.Failed(c.Name, c.Op, $"{file.Path}: {e.Message}"));
                }
                break;
            default:
                Add(CaseResult.Failed(file.Path, "malformed file", $"{file.Path}: there is no kind '{c.Kind}'"));
                break;
        }
    }

    private void BeginRows(CaseFile file, List<(NumberRow Row, ModelSource Source)> rows)
    {
        foreach (var element in file.Root!.Value.GetProperty("rows").EnumerateArray())
            try
            {
                var row = NumberRow.Read(element);
                if (Matches(row.Name, row.Kind))
                    rows.Add((row, RowSourceWriter.Write(row, $"Row{rows.Count}_{Generator.Support.Identifiers.FromPath(row.Name)}")));
            }
            catch (Exception e) when (e is CaseFormatException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                Add(CaseResult.Failed(file.Path, "malformed file", $"{file.Path}: {e.Message}"));
            }
    }

    private void Run((NumberRow Row, ModelSource Source)[] group, SourceCompiler compiler, DeviceOfCases? device)
    {
        var bySource = group.ToDictionary(g => g.Source, g => g.Row);
        if (options.ShowSource)
            foreach (var one in group) Console.WriteLine(one.Source.Text);
        compiler.Compile([.. group.Select(g => g.Source)],
            (source, type) => WithEachIsa(() => NumberRowRunner.Run(bySource[source], type, device?.Current), device),
            (source, reason) => Add(CaseResult.Failed(bySource[source].Name, bySource[source].Kind, reason)));
    }

    private void Run(CompiledCase[] group, SourceCompiler compiler, DeviceOfCases? device)
    {
        var bySource = group.ToDictionary(g => g.Source);
        if (options.ShowSource)
            foreach (var one in group) Console.WriteLine(one.Source.Text);
        compiler.Compile([.. group.Select(g => g.Source)],
            (source, type) => WithEachIsa(() => ModelRunner.Run(bySource[source], type, device?.Current), device),
            (source, reason) => Add(CaseResult.Failed(bySource[source].Case.Name, bySource[source].Operator, reason)));
    }

    private IReadOnlyList<string> Isas => options.Isas.Split(',');

    private void Add(CaseResult result)
    {
        _results.Add(result);
        if (tell is null) return;
        lock (_telling) tell(result);
    }

    private void WithEachIsa(Func<CaseResult> run, DeviceOfCases? device)
    {
        foreach (var isa in Isas)
        {
            if (Isas.Count > 1) SourceCompiler.Widest = isa;
            var result = run();
            if (!result.Passed) device?.Renew();
            Add(Isas.Count > 1 ? result with { Name = $"{result.Name} ({isa})" } : result);
        }
    }

    private bool Matches(string name, string op) => options.Filter.Length == 0
        || name.Contains(options.Filter, StringComparison.OrdinalIgnoreCase) || op.Contains(options.Filter, StringComparison.OrdinalIgnoreCase);
}
