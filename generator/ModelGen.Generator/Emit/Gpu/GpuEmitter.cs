using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints the programs of a model as ILGPU C#: a class with the launches and a class with one kernel for each distinct kernel.</summary>
internal sealed class GpuEmitter
{
    private readonly LoweredModel _model;
    private readonly GpuLowering _lowering;
    private readonly CodeWriter _writer;
    private readonly Dictionary<Program, ValueNames> _names;
    private readonly Dictionary<GpuLaunch, (GpuMethod Method, GpuMethod? Tensor)> _methods = new();
    private readonly List<GpuLaunch> _launches = new();
    private readonly Dictionary<string, SideBySide> _sides = new();

    private GpuEmitter(CodeWriter writer, LoweredModel model)
    {
        (_model, _lowering, _writer) = (model, model.Gpu!, writer);
        _names = model.All.ToDictionary(p => p, p => new ValueNames(p.Graph));
        var table = new KernelTable(model.All.Select(p => (p, _names[p])), emitted: GpuLowering.Emitted);
        foreach (var entry in table.Entries) Add(_lowering[entry.Kernel], entry.Name, entry.Arguments, entry.Formula);
        for (var number = 0; number < _lowering.Steps.Kernels.Count; number++)
        {
            var (program, steps) = _lowering.Steps.Kernels[number];
            var entries = steps.Body.Calls.Select(c => table[c.Kernel]).ToList();
            var name = $"{entries[0].Name}_Steps{Literals.Int(number)}";
            Add(steps.Launches, name, steps.Nodes.Select(n => _names[program][n]).ToList(), string.Join("\n", entries.Select(e => e.Formula)));
        }
        foreach (var step in model.All.SelectMany(p => _lowering[p].All).SelectMany(r => r.Steps)) Note(step);
    }

    // Names the kernels of some launches, and those of their arguments.
    private void Add(GpuLaunches launches, string name, IReadOnlyList<string> arguments, string formula)
    {
        foreach (var launch in launches.All)
        {
            var names = launch.Arguments.Select(a => a < 0 ? "scratch" + Literals.Int(-1 - a) : arguments[a]).ToList();
            var entry = new KernelEntry(launch.Schedule.Kernel, name + launch.Suffix, names, formula);
            var tensor = launch.Tensor is null ? null : new GpuMethod(GpuKernelText.Of(entry, launch.Tensor), "_Tensor");
            _methods.Add(launch, (new(GpuKernelText.Of(entry, launch.Schedule)), tensor));
            _launches.Add(launch);
        }
    }

    // Which methods are launched by themselves, and which beside others.
    private void Note(LaunchStep step)
    {
        var methods = step.Members.Select(MethodOf).ToList();
        foreach (var method in methods)
        {
            method.IsAlone |= step.SideBySide is null;
            method.IsBesideOthers |= step.SideBySide is not null;
        }
        if (step.SideBySide is { } schedule && !_sides.ContainsKey(Key(step))) _sides.Add(Key(step),
            new(methods, schedule, methods[0].Text.Entry.Name + "_And" + Literals.Int(_sides.Count)));
    }

    private GpuMethod MethodOf(PlannedLaunch launch) => _methods[launch.Launch].Method;

    private string Key(LaunchStep step) => string.Join(" ", step.Members.Select(l => MethodOf(l).Name));

    // Ranges of calls with the names of their methods: forward, then backward.
    private IReadOnlyList<(LaunchRange Range, string Name)> Ranges(Program program, string name)
    {
        var (forward, backward) = (_lowering[program].Forward, _lowering[program].Backward);
        IEnumerable<(LaunchRange, string)> Named(IReadOnlyList<LaunchRange> ranges, string part) =>
            ranges.Select((r, k) => (r, CallList.Name(name + part, k, ranges.Count)));
        return Named(forward, backward.Count > 0 ? "Forward" : "Steps").Concat(Named(backward, program == _model.Tangent ? "Directions" : "Backward")).ToList();
    }

    // The kernels that are launched by themselves.
    private IEnumerable<(GpuMethod Method, GpuMethod? Tensor)> Alone => Launched.Where(l => l.Method.IsAlone);

    // Kernels of steps that are computed in one kernel are not launched.
    private IEnumerable<(GpuMethod Method, GpuMethod? Tensor)> Launched =>
        _launches.Select(l => _methods[l]).Where(l => l.Method.IsAlone || l.Method.IsBesideOthers);

    private IEnumerable<GpuMethod> Methods => Alone.SelectMany(l => l.Tensor is null ? new[] { l.Method } : new[] { l.Method, l.Tensor });

    public int KernelCount => Alone.Count() + _sides.Count;

    private long PerRow => _model.All.Max(p => p.Workspace.PerSample);

    private long Fixed => _model.All.Max(p => p.Workspace.Fixed);

    /// <summary>Writes the classes <c>GpuCompiled</c> and <c>GpuKernels</c>; <paramref name="info"/> is the expression of the
    /// model's description.</summary>
    public static GpuEmitter Emit(CodeWriter writer, LoweredModel model, string info)
    {
        var emitter = new GpuEmitter(writer, model);
        emitter.Class(info);
        writer.Line();
        writer.WithoutNulls();
        emitter.Kernels();
        return emitter;
    }

    private void Class(string info)
    {
        _writer.Line("/// <summary>The compiled network for a GPU: what is launched, in which order, on which memory.</summary>");
        _writer.Open("internal sealed class GpuCompiled : GpuProgram");
        foreach (var method in Methods) _writer.Line($"private {method.LauncherType} {method.Field} = null!;");
        foreach (var side in _sides.Values) _writer.Line($"private Action<AcceleratorStream, KernelConfig, {side.ParameterTypes}> {Field(side)} = null!;");
        foreach (var constant in Constants()) _writer.Line($"private MemoryBuffer1D<float, Stride1D.Dense> {ConstantField(constant.Index)} = null!;");
        _writer.Line();
        _writer.Line($"public GpuCompiled() : base({info})");
        _writer.Open().Close();
        Property("WorkspaceFloatsPerRow", PerRow);
        Property("WorkspaceFloatsFixed", Fixed + LaunchPlan.ScratchAreas * _lowering.ScratchFloats);
        LoadKernels();
        List("Train", _model.Train, "Forward and backward in training mode.");
        List("Infer", _model.Infer, "Forward in evaluation mode.");
        List("Score", _model.Score, "Forward and loss in evaluation mode.");
        if (_model.Tangent is not null) List("Tangent", _model.Tangent, "Forward in training mode with the derivatives along a direction.");
        BatchLimit();
        _writer.Close();
    }

    private void Property(string name, long value)
    {
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        _writer.Line($"public override long {name} => {Literals.Int(value)};");
    }

    private void LoadKernels()
    {
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        _writer.Block("public override void LoadKernels(KernelLoader loader)", () =>
        {
            if (Alone.Any(l => l.Tensor is not null)) _writer.Line("UsesTensorCores = loader.HasTensorCores;");
            foreach (var launch in Alone) Choice(launch.Method, launch.Tensor, m => m.Load);
            foreach (var side in _sides.Values)
                _writer.Line($"{Field(side)} = loader.LoadKernel<{side.ParameterTypes}>(GpuKernels.{side.Name}, new "
                    + $"KernelSpecialization({Literals.Int(side.Schedule.Threads)}, {Literals.Int(side.Schedule.MinGroups)}));");
            foreach (var (index, leaf) in Constants())
                _writer.Line($"{ConstantField(index)} = loader.Allocate1D(new float[] {{ {string.Join(", ", leaf.Data.Select(GpuExpression.Number))} }});   "
                    + $"// {leaf.Name} {leaf.Type}");
        });
    }

    private void List(string name, Program? program, string summary)
    {
        _writer.Line();
        if (program is null)
        {
            _writer.Line("/// <summary>Never called: the model has no loss.</summary>");
            _writer.Block($"public override void {name}(GpuStep s)", () => { });
            return;
        }
        var names = _names[program];
        var callText = new CallText(program, names, program == _model.Tangent);
        var parts = Ranges(program, name);
        _writer.Line($"/// <summary>{summary}</summary>");
        _writer.Block($"public override void {name}(GpuStep s)", () =>
        {
            _writer.Line("CheckBatch(s.N);");
            foreach (var part in parts) _writer.Line($"{part.Name}(s);");
        });
        foreach (var part in parts)
        {
            _writer.Line();
            _writer.Block($"private void {part.Name}(GpuStep s)", () => Launches(program, names, callText, part.Range));
        }
    }

    private void Launches(Program program, ValueNames names, CallText callText, LaunchRange range)
    {
        _writer.Line("var n = s.N;");
        var passed = range.Steps.SelectMany(step => step.Members).SelectMany(l => l.Launch.Arguments.Where(a => a >= 0).Select(a => l.Nodes[a]));
        foreach (var argument in passed.Distinct().OrderBy(a => a))
            _writer.Line($"var {names[argument]} = {View(program, argument)};   // {program.Graph[argument].Type}");
        var told = new HashSet<KernelCall>();
        var loop = (StepLoop?)null;
        foreach (var step in range.Steps)
        {
            // A loop over steps holds whole launches: its calls are planned by themselves.
            var its = program.Loops.FirstOrDefault(l => l.First <= Position(step) && Position(step) < l.End && _lowering.Steps[program, l] is null);
            if (loop is not null && its != loop) _writer.Close();
            _writer.Line();
            if (its is not null && its != loop)
            {
                _writer.Line($"// Each step is launched by itself: {_lowering.Steps.Reason(program, its)}.");
                _writer.Open(CallList.Head(its.Steps, its.FromEnd));
            }
            loop = its;
            foreach (var call in step.Members.SelectMany(l => l.Calls).Where(told.Add))
                foreach (var line in callText.Lines(call)) _writer.Line("// " + line);
            Launch(program, names, step);
        }
        if (loop is not null) _writer.Close();

        int Position(LaunchStep step) =>
            Enumerable.Range(range.From, range.To - range.From).First(c => ReferenceEquals(program.Calls[c], step.Members[0].Calls[0]));
    }

    private void Launch(Program program, ValueNames names, LaunchStep step)
    {
        var members = step.Members;
        string View(int member, int k) => members[member].Launch.Arguments[k] is var argument && argument < 0
            ? ScratchView(members[member].Launches, argument, members[member].Scratch) : names[members[member].Nodes[argument]];
        string Begin(int member, int k) => Start(program, members[member].Nodes[members[member].Launch.Arguments[k]]);
        if (step.SideBySide is null)
        {
            var (method, tensor) = _methods[members[0].Launch];
            Choice(method, tensor, m => m.Launch(k => View(0, k), k => Begin(0, k)));
            return;
        }
        var side = _sides[Key(step)];
        _writer.Line($"{Field(side)}(s.Stream, Groups({side.Groups}, {Literals.Int(side.Schedule.Threads)}), {side.Arguments(View, Begin)});");
    }

    // A statement for the form of a kernel that the device runs.
    private void Choice(GpuMethod method, GpuMethod? tensor, Func<GpuMethod, string> statement)
    {
        if (tensor is null)
        {
            _writer.Line(statement(method));
            return;
        }
        foreach (var (head, form) in new[] { ("if (UsesTensorCores)", tensor), ("else", method) })
        {
            _writer.Line(head);
            _writer.Indent();
            _writer.Line(statement(form));
            _writer.Unindent();
        }
    }

    private static string Field(SideBySide side) => "_" + char.ToLowerInvariant(side.Name[0]) + side.Name.Substring(1);

    private string ScratchView(GpuLaunches launches, int argument, int area)
    {
        var (start, length) = launches.Scratch(argument);
        return $"Scratch(s, {Literals.Int(area * _lowering.ScratchFloats + start)}, {Literals.Int(length)})";
    }

    private static string View(Program program, int node)
    {
        // A part starts anywhere: it is passed as the whole, and where it starts in it.
        node = program.Storage.Owner(node) is var owner && program.Storage.IsPart(node) ? owner : node;
        var place = program.Places[node] with { Fixed = program.Places[node].Fixed - program.Storage[node].Start };
        var graphNode = program.Graph[node];
        var number = Literals.Int(place.Index);
        var region = place.Region switch
        {
            Region.Input => graphNode.Type.Element == ElementType.I32 ? $"s.Ints({number})" : $"s.Floats({number})",
            Region.Constant => ConstantField(place.Index) + ".View.BaseView",
            _ => "s." + place.Region,
        };
        if (place.Region is Region.Input or Region.Constant or Region.Output or Region.Loss) return region;
        var length = program.Storage[node].Whole.Length;
        var start = place.PerSample == 0 ? Literals.Int(place.Fixed) + "L"
            : Literals.Int(place.PerSample) + "L * n" + (place.Fixed == 0 ? "" : " + " + Literals.Int(place.Fixed));
        return $"{region}.SubView({start}, {Literals.Int(length.Factor)}L{(length.PerSample ? " * n" : "")})";
    }

    // Where an argument starts in the view it is passed as.
    private static string Start(Program program, int node)
    {
        var place = program.Places[node];
        if (place.Region is not (Region.Output or Region.Loss)) return Literals.Int(program.Storage[node].Start);
        if (place.PerSample == 0 && place.Fixed == 0) return "0";
        return string.Join(" + ",
            new[] { place.PerSample == 0 ? "" : Literals.Int(place.PerSample) + " * n", place.Fixed == 0 ? "" : Literals.Int(place.Fixed) }
            .Where(t => t.Length > 0));
    }

    // Kernels count in 32 bits.
    private void BatchLimit()
    {
        var (largest, limit) = (_lowering.LargestTensor, _lowering.MostSamples);
        _writer.Line();
        _writer.Line($"// The kernels count elements in 32 bits; the largest tensor has {Literals.Int(largest)} for each sample.");
        _writer.Block("private static void CheckBatch(int n)", () =>
        {
            _writer.Line($"if (n > {Literals.Int(limit)})");
            _writer.Indent();
            _writer.Line($"throw new global::System.ArgumentOutOfRangeException(\"n\", n, "
                + $"{StringLiteral.Of($"{_model.Graphs.Name} takes at most {Literals.Int(limit)} samples in a batch on the GPU.")});");
            _writer.Unindent();
        });
        _writer.Line();
        if (_lowering.ScratchFloats > 0)
        {
            _writer.Line("// What passes between the pieces of a kernel, behind the workspace.");
            _writer.Line($"private static ArrayView<float> Scratch(GpuStep s, long start, long length) => s.Workspace.SubView({Literals.Int(PerRow)}L * "
                + $"s.Rows + {Literals.Int(Fixed)} + start, length);");
            _writer.Line();
        }
        _writer.Line("private static KernelConfig Groups(int groups, int threads) => new(new Index1D(groups), new Index1D(threads));");
    }

    private void Kernels()
    {
        _writer.Line("/// <summary>The kernels, each used by every layer that computes the same with the same sizes.</summary>");
        _writer.Open("internal static class GpuKernels");
        var isFirst = true;
        foreach (var launch in Launched)
        {
            if (!isFirst) _writer.Line();
            isFirst = false;
            launch.Method.Write(_writer);
            if (launch.Tensor is null) continue;
            _writer.Line();
            launch.Tensor.Write(_writer);
        }
        foreach (var side in _sides.Values)
        {
            _writer.Line();
            side.Write(_writer);
        }
        _writer.Close();
    }

    private IEnumerable<(int Index, LeafNode Leaf)> Constants()
    {
        var seen = new HashSet<int>();
        foreach (var program in _model.All)
            foreach (var leaf in program.Graph.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Constant))
                if (seen.Add(program.Places[leaf.Id].Index)) yield return (program.Places[leaf.Id].Index, leaf);
    }

    private static string ConstantField(int index) => "_constant" + index.ToString(CultureInfo.InvariantCulture);
}
